namespace DarkPool.Host.Hosting;

/// <summary>What the process answers its supervisor. Append-only: supervisors and tests branch on these numbers.</summary>
public enum ExitCode
{
    /// <summary>Drained and stopped as asked.</summary>
    Stopped = 0,

    /// <summary>A fault that has no code of its own.</summary>
    Failed = 1,

    /// <summary>The command line, the environment or the genesis file is wrong.</summary>
    Misconfigured = 2,

    /// <summary>Another host serves this shard: nothing has been written since it took over.</summary>
    FenceLost = 3,

    /// <summary>The event store does not have the schema of this version; `darkpool migrate` applies it.</summary>
    StoreNotMigrated = 4,

    /// <summary>The enclave cannot be reached, refuses the log, or does not agree with the recorded roots.</summary>
    EnclaveRefused = 5,

    /// <summary>The event store cannot be reached at the start.</summary>
    StoreUnreachable = 6,
}
