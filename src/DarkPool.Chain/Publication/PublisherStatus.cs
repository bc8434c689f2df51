namespace DarkPool.Chain.Publication;

/// <summary>What a publisher has done since it started, and how it stands.</summary>
/// <param name="RegistrySequence">The last batch that the registry has recorded, by the newest block seen.</param>
/// <param name="ConfirmedSequence">The last batch that this publisher has seen confirmed.</param>
/// <param name="Transactions">Transactions sent, replacements included.</param>
/// <param name="Confirmed">Batches confirmed.</param>
/// <param name="Reorganized">Confirmations lost to reorganisations.</param>
/// <param name="Faults">Rounds that ended with a fault.</param>
/// <param name="Fault">The fault of the last round; null if it had none.</param>
public sealed record PublisherStatus(
    ulong RegistrySequence, ulong ConfirmedSequence, long Transactions, long Confirmed, long Reorganized, long Faults, string? Fault);
