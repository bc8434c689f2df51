namespace DarkPool.EventStore.Facts;

/// <summary>What is public of all loans, signed by the enclave (docs/PROTOCOL.md section 9.1).</summary>
/// <param name="Block">The block after which it holds.</param>
/// <param name="Time">The time of that block, microseconds since 1970.</param>
/// <param name="Sheet">The sheet in its wire format.</param>
public sealed record ReservesPublished(ulong Block, long Time, byte[] Sheet);

/// <summary>What is public of liquidations since the last such fact, signed by the enclave (docs/PROTOCOL.md section 9.2).</summary>
/// <param name="First">Number of the first liquidation, from 1 without gaps.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Block">The block after which it was signed.</param>
/// <param name="Time">The time of that block, microseconds since 1970.</param>
/// <param name="Sheet">The sheet in its wire format.</param>
public sealed record LiquidationsPublished(ulong First, int Count, ulong Block, long Time, byte[] Sheet);
