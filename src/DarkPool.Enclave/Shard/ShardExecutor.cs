using DarkPool.Chain.Settlement;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Streams;
using DarkPool.Engine;
using DarkPool.Engine.Settlement;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// One shard: executes blocks ahead of their commit and lets results out after it. One thread calls it (the executor);
/// <see cref="Prepare"/> alone may be called by another one, which runs ahead.
/// </summary>
internal sealed class ShardExecutor : IDisposable
{
    private readonly Genesis _genesis;
    private readonly EnclaveKeys _keys;
    private readonly Crew _crew;
    private readonly ShardState _state;
    private readonly EntryLoop _loop;
    private readonly EnvelopeOpener _opener;
    private readonly Queue<ExecutedBlock> _uncommitted = new();
    private readonly Queue<(Session Session, ulong LastBlock)> _retired = new();
    private ReportSink _sink;
    private ulong _lastPrepared;

    public ShardExecutor(Genesis genesis, EnclaveKeys keys, Crew crew, ShardState state)
    {
        _genesis = genesis;
        _keys = keys;
        _crew = crew;
        _state = state;
        _opener = new EnvelopeOpener(state.Sessions, keys.Epochs, genesis.VenueId);
        var commands = new CommandDesk(state.Venue, state.Reports, state.SessionDesk);
        var publicEntries = new PublicEntryDesk(state.Venue, genesis, keys.Epochs, keys.SigningPublicKey, state.Reports);
        _loop = new EntryLoop(state.Venue, state.SessionDesk, commands, publicEntries, state.Reports);
        _sink = new ReportSink(state.Reports);
        Committed = state.Position;
    }

    /// <summary>The log as executed.</summary>
    public LogPosition Executed => _state.Position;

    /// <summary>The log as committed.</summary>
    public LogPosition Committed { get; private set; }

    public StreamSet Streams { get; } = new();

    /// <summary>Envelopes that had no effect since the start.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>Entries executed since the start.</summary>
    public ulong Entries { get; private set; }

    /// <summary>A block to prepare with; the caller reuses it after its execution.</summary>
    public PreparedBlock NewPreparation() => new(_opener);

    /// <summary>Starts hashing and opening a block, and returns at once.</summary>
    public void Prepare(PreparedBlock preparation, Memory<byte> block)
    {
        if (BlockHeader.TryRead(block.Span, out var header)) Interlocked.Exchange(ref _lastPrepared, header.Number);
        preparation.Begin(block);
        _crew.Post(preparation);
    }

    /// <summary>Checks and applies a prepared block. Its result waits for <see cref="Commit"/>.</summary>
    /// <param name="block">The block after the last executed one.</param>
    /// <param name="now">The enclave's clock for a live block; null in a replay.</param>
    /// <exception cref="LinkException">The block is refused; the state is as before, but nothing can follow.</exception>
    public void Execute(PreparedBlock block, long? now)
    {
        if (_uncommitted.Count == LinkLimits.MaxUncommittedBlocks)
            throw new LinkException(LinkErrorCode.UnexpectedMessage, "Too many blocks wait for their commit.");
        BlockGate.Check(block, _genesis.Shard, _state.Position, now);

        var header = block.Header;
        _state.Reports.BeginBlock(header.Number, header.Time);
        _state.Venue.BeginBlock(header.Number, new BlockTime(header.Time), ref _sink);
        _state.Venue.TellLiquidations(ref _sink);
        _state.SessionDesk.CloseOverflowing();
        _loop.Run(block);
        var outcome = _state.Venue.EndBlock();

        _state.Position = new LogPosition(header.Number, header.Time, block.Head);
        if (outcome.Batch is not null) _state.Anchors.Add(header.Number, block.Head);
        Entries += (ulong)block.Count;
        Dropped += (ulong)_loop.Dropped;
        var result = ResultOf(block, outcome);
        _uncommitted.Enqueue(result);
        RetireSessions(result);
    }

    /// <summary>The oldest uncommitted block is durable: its reports may leave, and here is its signed result.</summary>
    /// <exception cref="LinkException">It is not that block's turn.</exception>
    public BlockExecution Commit(ulong number)
    {
        if (!_uncommitted.TryPeek(out var block) || block.Position.Block != number)
            throw new LinkException(LinkErrorCode.UnexpectedMessage, $"Block {number} is not the next one to commit.");
        _uncommitted.Dequeue();
        Committed = block.Position;
        foreach (var session in block.Evicted)
        {
            if (session.Stream is { } stream) Streams.Detach(stream.Number);
        }

        var signature = new byte[BlockStatement.SignatureSize];
        new BlockStatement(_genesis.VenueId, number, block.Position.Head, block.StateRoot).Sign(_keys.SigningKey, signature);
        return new BlockExecution
        {
            Number = number,
            Time = block.Position.Time,
            Head = block.Position.Head.ToArray(),
            StateRoot = block.StateRoot.ToArray(),
            Entries = (uint)block.Entries,
            Dropped = (uint)block.Dropped,
            Opened = block.Opened,
            Closed = block.Closed,
            Refused = block.Refused,
            Signature = signature,
            Batch = block.Batch?.Encode(),
            BatchSignature = block.Batch is null ? null : Sign(block.Batch),
            Reserves = block.Reserves?.Sign(_keys.SigningKey, _genesis.VenueId),
            Liquidations = block.Liquidations?.Sign(_keys.SigningKey, _genesis.VenueId),
        };
    }

    /// <summary>Opens a report stream of a session whose hello is committed.</summary>
    public AttachAnswer Attach(ulong number, ReadOnlySpan<byte> token)
    {
        var session = SessionNumber.BlockOf(number) <= Committed.Block ? _state.Sessions.Find(number) : null;
        return Streams.Attach(session, token);
    }

    /// <summary>One frame of every stream of a class, from committed blocks only.</summary>
    public ReadOnlyMemory<byte> Draw(RateClass rateClass) => Streams.Draw(_crew, rateClass, Committed.Block);

    public void Dispose()
    {
        Streams.Dispose();
        while (_retired.TryDequeue(out var retired)) retired.Session.Keys.Dispose();
        foreach (var session in _state.Sessions.InOrder()) session.Keys.Dispose();
    }

    private ExecutedBlock ResultOf(PreparedBlock block, in BlockOutcome outcome)
    {
        var sessions = _state.SessionDesk;
        var result = new ExecutedBlock
        {
            Position = _state.Position,
            StateRoot = new Bytes32(outcome.StateRoot.ToArray()),
            Entries = block.Count,
            Dropped = _loop.Dropped,
            Opened = [.. sessions.Opened],
            Closed = [.. sessions.Closed],
            Evicted = [.. sessions.Evicted],
            Refused = [.. _loop.Refused],
            Batch = outcome.Batch is null ? null : BatchOf(outcome.Batch),
            Reserves = _state.Venue.IsReserveSheetDue ? ReserveSheets.Of(_state.Venue) : null,
            Liquidations = LiquidationSheets.Of(_state.Venue),
        };
        sessions.Opened.Clear();
        sessions.Closed.Clear();
        sessions.Evicted.Clear();
        return result;
    }

    private SettlementBatch BatchOf(ClosedBatch batch) => new(
        _genesis.Shard,
        batch.Sequence,
        batch.FirstBlock,
        batch.LastBlock,
        batch.Time.Microseconds,
        new Bytes32(batch.PreviousRoot.ToArray()),
        new Bytes32(batch.StateRoot.ToArray()),
        new Bytes32(batch.EntitlementRoot.ToArray()),
        _state.Position.Head,
        [.. batch.Markets.Select(m => new MarketSettlement(m.Market, m.Trades, m.Price.Ticks, m.Lots, m.Notional))]);

    private byte[] Sign(SettlementBatch batch) =>
        _keys.EvmKey.Sign(SettlementDigest.Compute(batch, _genesis.ChainId, _genesis.Registry)).ToArray();

    /// <summary>
    /// Keys of evicted sessions are zeroed when no thread can be opening with them any more: after the last block that was in
    /// preparation.
    /// </summary>
    private void RetireSessions(ExecutedBlock block)
    {
        foreach (var session in block.Evicted) _retired.Enqueue((session, Interlocked.Read(ref _lastPrepared)));
        while (_retired.TryPeek(out var oldest) && oldest.LastBlock <= block.Position.Block)
            _retired.Dequeue().Session.Keys.Dispose();
    }
}
