namespace DarkPool.Load.OrderFlow;

/// <summary>Days of real order flow, each closed by cancelling what still rests, so that it can be repeated.</summary>
internal static class FileDays
{
    /// <summary>Environment variable that names a folder of order files.</summary>
    public const string DataVariable = "DARKPOOL_DATA";

    /// <summary>The file given, or every LOBSTER message file of the data folder.</summary>
    public static IEnumerable<string> Find(FileInfo? given)
    {
        if (given is not null) return [given.FullName];
        var folder = Environment.GetEnvironmentVariable(DataVariable) ?? Path.Combine("..", "shared", "data");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*_message_*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>Reads one day.</summary>
    public static OrderFlowSet Read(string file, int days)
    {
        var recorder = new FlowRecorder();
        foreach (var command in LobsterDay.Read(File.ReadLines(file))) recorder.Add(command);
        return recorder.Finish(Path.GetFileName(file).Split('_')[0], days);
    }
}
