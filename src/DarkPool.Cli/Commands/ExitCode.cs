namespace DarkPool.Cli.Commands;

/// <summary>What the process answers its caller. Append-only: scripts branch on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Success = 0;

    /// <summary>Failed; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>`verify` found a mismatch.</summary>
    public const int Mismatch = 3;

    /// <summary>`attest verify` refused the evidence.</summary>
    public const int Refused = 4;

    /// <summary>Interrupted before it was done (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
