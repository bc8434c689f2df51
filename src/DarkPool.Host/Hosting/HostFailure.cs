namespace DarkPool.Host.Hosting;

/// <summary>A fault that ends the process: one line for the operator and an exit code for the supervisor.</summary>
internal sealed class HostFailure(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    internal ExitCode Code { get; } = code;
}
