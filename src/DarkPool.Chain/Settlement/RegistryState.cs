using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Settlement;

/// <summary>What the registry recorded last.</summary>
/// <param name="Sequence">Number of the last batch; 0 before the first.</param>
/// <param name="LastBlock">Last block of the log that a batch covers; 0 before the first.</param>
/// <param name="StateRoot">State root of the last batch; zeros before the first.</param>
/// <param name="EntitlementRoot">Entitlement root of the last batch; zeros before the first.</param>
/// <param name="LogHead">Head of the log after the last block; zeros before the first.</param>
public sealed record RegistryState(ulong Sequence, ulong LastBlock, Bytes32 StateRoot, Bytes32 EntitlementRoot, Bytes32 LogHead);
