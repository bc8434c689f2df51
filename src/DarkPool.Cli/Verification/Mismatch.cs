namespace DarkPool.Cli.Verification;

/// <summary>The first block at which the log is not what it should be.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="Problem">What does not match.</param>
internal sealed record Mismatch(ulong Block, string Problem)
{
    public override string ToString() => $"block {Block}: {Problem}";
}
