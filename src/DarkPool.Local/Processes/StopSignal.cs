namespace DarkPool.Local.Processes;

/// <summary>The signal that asks a child to end in its own good order; values are those of Linux and macOS.</summary>
public enum StopSignal
{
    /// <summary>SIGINT: for PostgreSQL the fast shutdown.</summary>
    Interrupt = 2,

    /// <summary>SIGTERM.</summary>
    Terminate = 15,
}
