namespace DarkPool.Cli.OrderFlow;

/// <summary>Formats of recorded order flow that can be rebuilt into orders.</summary>
internal enum OrderFlowFormat
{
    /// <summary>LOBSTER message file.</summary>
    Lobster,

    /// <summary>Bitstamp order by order log.</summary>
    Bitstamp,
}

/// <summary>Reads a file of recorded order flow.</summary>
internal static class OrderFlowFile
{
    /// <summary>The orders and cancels of a file, in file order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="limit">Read at most this many; zero or less: all.</param>
    /// <exception cref="OrderFlowException">A line has not the format's form.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FlowEvent[] Read(string path, OrderFlowFormat format, int limit)
    {
        using StreamReader reader = File.OpenText(path);
        IEnumerable<FlowEvent> events = format == OrderFlowFormat.Lobster ? LobsterReader.Read(reader) : BitstampReader.Read(reader);
        return limit > 0 ? [.. events.Take(limit)] : [.. events];
    }
}
