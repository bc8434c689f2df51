namespace DarkPool.Client.Venue;

/// <summary>A part of the public tape, as <c>GET /v1/tape</c> gives it.</summary>
/// <param name="Batches">Settlement batches by ascending sequence.</param>
/// <param name="Next">What to ask for as <c>after</c> next.</param>
public sealed record TapePage(IReadOnlyList<TapeBatch> Batches, ulong Next);

/// <summary>A settlement batch on the tape.</summary>
/// <param name="Sequence">From 1 without gaps.</param>
/// <param name="FirstBlock">First block that it covers.</param>
/// <param name="LastBlock">Last block that it covers.</param>
/// <param name="Time">Time of the last block, microseconds since 1970.</param>
/// <param name="Transaction">Transaction that published it, <c>0x</c> and 64 hex digits; null until it is confirmed on chain.</param>
/// <param name="Markets">What was settled, by market.</param>
public sealed record TapeBatch(
    ulong Sequence, ulong FirstBlock, ulong LastBlock, long Time, string? Transaction, IReadOnlyList<TapeMarket> Markets);

/// <summary>What a batch settled in one market.</summary>
/// <param name="Market">Number of the market.</param>
/// <param name="Trades">Number of trades.</param>
/// <param name="Price">Volume-weighted mean price in ticks, rounded down.</param>
/// <param name="Quantity">Lots, decimal.</param>
/// <param name="Notional">Quote base units, decimal.</param>
public sealed record TapeMarket(uint Market, uint Trades, long Price, string Quantity, string Notional);
