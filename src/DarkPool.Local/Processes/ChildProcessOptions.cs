namespace DarkPool.Local.Processes;

/// <summary>What a <see cref="ChildProcess"/> runs, and how it ends.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>What messages call it, for example <c>enclave</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The program: a path, or a name on PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>Arguments, unquoted. They are visible to every user of the machine: secrets go into <see cref="Environment"/>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables on top of this process's own; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The current folder of the child; this process's own if null.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>A file that gets what the child prints, appended and rotated by size; none if null.</summary>
    public string? LogFile { get; init; }

    /// <summary>Called with every line that the child prints, from one thread at a time per output; must not block.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>How the child is asked to end, by <see cref="ChildProcess.StopAsync"/> and by the kernel when this process dies.</summary>
    public StopSignal StopSignal { get; init; } = StopSignal.Terminate;

    /// <summary>How long the child may take to end before it is killed. Default 30 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Under whom a child of root runs; as this process if null.</summary>
    internal ServerAccount? Account { get; init; }
}
