using System.Diagnostics;
using System.Text.Json;

namespace DarkPool.Cli.Stack;

/// <summary>
/// Where the parts of a running stack are reached. The connection string may hold a password: only the user can read the file.
/// </summary>
/// <param name="ProcessId">Process of the `up` that wrote it.</param>
/// <param name="Venue">Address of the host.</param>
/// <param name="Postgres">Npgsql connection string.</param>
/// <param name="Chain">JSON-RPC address.</param>
internal sealed record RunningStack(int ProcessId, string Venue, string Postgres, string Chain)
{
    /// <summary>Writes the file so that a reader sees all of it or none.</summary>
    public void Save(DataFolder folder) =>
        OwnerOnlyFile.Write(folder.Running, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));

    /// <summary>The stack that runs on a folder, or null; a file that a killed `up` left behind counts as none.</summary>
    public static RunningStack? Load(DataFolder folder)
    {
        try
        {
            var stack = JsonSerializer.Deserialize<RunningStack>(File.ReadAllText(folder.Running), JsonSerializerOptions.Web);
            return stack is not null && IsAlive(stack.ProcessId) ? stack : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public static void Forget(DataFolder folder) => File.Delete(folder.Running);

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
