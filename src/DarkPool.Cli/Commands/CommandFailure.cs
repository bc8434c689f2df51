using DarkPool.Cli.Processes;
using DarkPool.Client;
using Npgsql;

namespace DarkPool.Cli.Commands;

/// <summary>Turns the faults a user can do something about into one line; everything else is a bug and shows its stack.</summary>
internal static class CommandFailure
{
    public static async Task<int> GuardAsync(Func<CancellationToken, Task<int>> command, CancellationToken cancellation)
    {
        try
        {
            return await command(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (IsForTheUser(e))
        {
            await Console.Error.WriteLineAsync("darkpool: " + e.Message);
            return ExitCode.Failure;
        }
    }

    private static bool IsForTheUser(Exception e) => e is StackException or DarkPoolException or IOException or TimeoutException
        or HttpRequestException or NpgsqlException or FormatException or UnauthorizedAccessException or PlatformNotSupportedException;
}
