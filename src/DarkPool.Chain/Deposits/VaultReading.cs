namespace DarkPool.Chain.Deposits;

/// <summary>New deposits, and where to go on.</summary>
/// <param name="Deposits">In the order of their numbers, without gaps.</param>
/// <param name="NextBlock">The first block that has not been read.</param>
public sealed record VaultReading(IReadOnlyList<VaultDeposit> Deposits, ulong NextBlock);
