using System.Buffers;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Snapshots;

namespace DarkPool.Engine;

/// <summary>
/// The whole state as bytes, and back. The form is canonical: two venues that went through the same blocks write the same bytes, whether
/// or not one of them was restored on the way. It holds everything in the clear: seal it.
/// </summary>
public sealed partial class Venue
{
    /// <summary>Writes the state between two blocks.</summary>
    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (_inBlock) throw new InvalidOperationException("A snapshot is taken between blocks.");
        var writer = new SnapshotWriter(output);
        writer.Bytes(VenueSnapshot.Magic);
        WritePosition(writer);
        VenueSnapshot.WriteAssets(writer, [.. Assets]);
        VenueSnapshot.WriteFeeds(writer, _state.Feeds);
        VenueSnapshot.WriteLedger(writer, _state);
        Market[] listed = [.. Listed];
        writer.UInt32((uint)listed.Length);
        foreach (var market in listed) MarketSnapshot.Write(writer, market, _state);
        AccountSnapshot.Write(writer, _state);
        LendingSnapshot.Write(writer, _state.Feeds, Lending);
        LiquidationSnapshot.Write(writer, Lending);
        IsolatedLiquidationSnapshot.Write(writer, Lending);
        BorrowerOptionsSnapshot.Write(writer, Lending);
        PublicationSnapshot.Write(writer, Lending.Publication);
        QuoteSnapshot.Write(writer, _state);
    }

    /// <summary>A venue in the state that was written.</summary>
    /// <param name="snapshot">All bytes of one snapshot.</param>
    /// <param name="hashSeed">As in the constructor; it need not be the one of the venue that was written.</param>
    /// <exception cref="InvalidDataException">The bytes are no such state.</exception>
    public static Venue ReadSnapshot(ReadOnlySpan<byte> snapshot, ulong hashSeed = 0)
    {
        var venue = new Venue(hashSeed);
        var reader = new SnapshotReader(snapshot);
        SnapshotReader.Require(reader.Bytes(VenueSnapshot.Magic.Length).SequenceEqual(VenueSnapshot.Magic), "it starts otherwise");
        venue.ReadPosition(ref reader);
        foreach (var asset in VenueSnapshot.ReadAssets(ref reader)) venue._assets[asset.Number] = asset;
        VenueSnapshot.ReadFeeds(ref reader, venue._state.Feeds);
        VenueSnapshot.ReadLedger(ref reader, venue._state, venue._assets);
        var holds = new UInt128[venue._state.Ledger.Count + 1];
        for (var left = reader.Count(MarketSnapshot.LeastBytes); left > 0; left--)
        {
            var terms = MarketSnapshot.ReadTerms(ref reader);
            SnapshotReader.Require(venue.Judge(terms) == GovernanceResult.Applied, "it lists a market that cannot be listed");
            SnapshotReader.Require(venue.HasFeeAccount(terms.Parameters), "fees go to an account that is not there");
            var market = venue.CreateMarket(terms);
            venue.Add(market);
            MarketSnapshot.Read(ref reader, market, venue._state, holds);
        }

        AccountSnapshot.Read(ref reader, venue._state);
        LendingSnapshot.Read(ref reader, venue._state, venue._state.Feeds, venue._assets, venue.Lending);
        LiquidationSnapshot.Read(ref reader, venue._state, venue.Lending, holds);
        IsolatedLiquidationSnapshot.Read(ref reader, venue._state, venue.Lending, holds);
        BorrowerOptionsSnapshot.Read(ref reader, venue.Lending);
        PublicationSnapshot.Read(ref reader, venue.Lending);
        for (uint cell = 1; cell < holds.Length; cell++)
        {
            SnapshotReader.Require(venue._state.Ledger[cell].Held == holds[cell], "what is held is not what orders and bids hold");
        }

        QuoteSnapshot.Read(ref reader, venue._state);
        SnapshotReader.Require(reader.IsAtEnd, "it goes on after its end");
        return venue;
    }

    private void WritePosition(SnapshotWriter writer)
    {
        writer.UInt64(_state.Block);
        writer.Time(_state.Time);
        writer.Digest(_root);
        writer.UInt64(_state.Trades);
        writer.UInt64(_state.ExpiringOrders);
        writer.UInt64(GovernanceSequence);
        writer.UInt64(LastDepositId);
        writer.Digest(_operator);
        writer.UInt64(_settlement.Sequence);
        writer.Int64(_settlement.IntervalMicroseconds);
        writer.UInt64(_settlement.LastBlock);
        writer.Time(_settlement.LastTime);
        writer.Digest(_settlement.LastRoot);
    }

    private void ReadPosition(ref SnapshotReader reader)
    {
        _state.Block = reader.UInt64();
        _state.Time = reader.Time();
        _root = reader.Digest();
        _state.Trades = reader.UInt64();
        _state.ExpiringOrders = reader.UInt64();
        GovernanceSequence = reader.UInt64();
        LastDepositId = reader.UInt64();
        _operator = reader.Digest();
        _settlement.Sequence = reader.UInt64();
        _settlement.IntervalMicroseconds = reader.Int64();
        _settlement.LastBlock = reader.UInt64();
        _settlement.LastTime = reader.Time();
        _settlement.LastRoot = reader.Digest();
    }
}
