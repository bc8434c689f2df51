using DarkPool.Engine.Journals;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Settlement;

namespace DarkPool.Engine;

/// <summary>
/// The whole state machine: accounts, balances, markets, settlement. It is driven block by block with commands that were opened and
/// authenticated before; the same commands give the same state roots on any machine. One writer at a time. A refused command changes
/// nothing. Accounts are
/// dense indices from 0 in the order in which they were opened.
/// </summary>
public sealed partial class Venue
{
    private readonly VenueState _state;
    private readonly Market?[] _markets = new Market?[VenueLimits.MaxMarkets];
    private readonly AssetTerms?[] _assets = new AssetTerms?[VenueLimits.MaxAssets];
    private readonly List<CrossingMarket> _crossing = [];
    private readonly SettlementSchedule _settlement = new();
    private readonly EntitlementTree _entitlements;
    private Digest _root;
    private Digest _operator;
    private bool _inBlock;

    /// <summary>A venue before its first block.</summary>
    /// <param name="hashSeed">
    /// A number that clients do not know, so that none can choose client order ids that collide. It shows in no result: replays may use
    /// another.
    /// </param>
    /// <param name="drawSeed">
    /// A number that nobody outside knows, for what chance decides. It shows in results: a replay needs the same, and a snapshot holds it.
    /// </param>
    public Venue(ulong hashSeed = 0, Digest drawSeed = default)
    {
        _state = new VenueState(new HashKey(hashSeed)) { DrawSeed = drawSeed };
        _entitlements = new EntitlementTree(_state.Accounts, _state.Ledger);
    }

    /// <summary>The number of the present block, or of the last one between blocks; 0 before the first.</summary>
    public ulong Block => _state.Block;

    /// <summary>The time of that block.</summary>
    public BlockTime Time => _state.Time;

    /// <summary>The state root after the last block that ended; zeros before anything changed.</summary>
    public Digest StateRoot => _root;

    /// <summary>Count of accounts.</summary>
    public uint AccountCount => _state.Accounts.Count;

    /// <summary>Count of open orders of all accounts.</summary>
    public long OpenOrderCount => _state.Orders.Count;

    /// <summary>Count of trades so far.</summary>
    public ulong TradeCount => _state.Trades;

    /// <summary>The sequence of the last governance command that was applied.</summary>
    public ulong GovernanceSequence { get; private set; }

    /// <summary>The id of the last deposit that was credited.</summary>
    public ulong LastDepositId { get; private set; }

    /// <summary>Starts a block. First orders whose time is over are cancelled and auctions that are due are held, by time.</summary>
    /// <param name="number">The last block's number plus one.</param>
    /// <param name="time">Not before the last block's time.</param>
    /// <param name="sink">Is told what came of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number does not follow or the time goes back.</exception>
    public void BeginBlock<TSink>(ulong number, BlockTime time, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (_inBlock) throw new InvalidOperationException("The last block has not ended.");
        ArgumentOutOfRangeException.ThrowIfNotEqual(number, _state.Block + 1);
        if (number > 1) ArgumentOutOfRangeException.ThrowIfLessThan(time, _state.Time);
        _inBlock = true;
        IsReserveSheetDue = EntersInterval(time);
        _state.Block = number;
        _state.Time = time;
        _state.Ledger.BeginBlock();
        _state.Journal.BeginBlock(number, time);
        (_state.Orders.Block, _state.Orders.Entry) = (number, 0);
        PassTime(ref sink);
        Lending.BeginBlock();
    }

    /// <summary>Ends the block: closes a settlement batch if one is due, and computes the state root.</summary>
    public BlockOutcome EndBlock()
    {
        RequireBlock();
        _inBlock = false;
        var settled = CloseTrades();
        Lending.EndBlock();
        Publish();
        foreach (var cell in _state.Ledger.Touched)
        {
            ref readonly var balance = ref _state.Ledger[cell];
            _state.Journal.WriteBalance(balance);
            _entitlements.Changed(balance.Account);
        }

        if (settled.IsDefaultOrEmpty)
        {
            _root = _state.Journal.Advance(_root);
            return new BlockOutcome(_state.Block, _root, null);
        }

        _state.Journal.Write(JournalKind.BatchClosed, 0, 0, 0, _settlement.Sequence + 1, _settlement.LastBlock + 1, _state.Block);
        _root = _state.Journal.Advance(_root);
        var batch = new ClosedBatch
        {
            Sequence = _settlement.Sequence + 1,
            FirstBlock = _settlement.LastBlock + 1,
            LastBlock = _state.Block,
            Time = _state.Time,
            PreviousRoot = _settlement.LastRoot,
            StateRoot = _root,
            EntitlementRoot = _entitlements.ComputeRoot(),
            Markets = settled,
        };
        _settlement.Close(batch);
        return new BlockOutcome(_state.Block, _root, batch);
    }

    private System.Collections.Immutable.ImmutableArray<SettledMarket> CloseTrades()
    {
        foreach (var market in Listed) market.Pending.CloseBlock(market.DueAfter(_state.Time));
        return _settlement.IsOver(_state.Time) ? SettlementSchedule.TakeDue(Listed, _state.Time) : default;
    }

    private IEnumerable<Market> Listed => _markets.OfType<Market>();

    private void RequireBlock()
    {
        if (!_inBlock) throw new InvalidOperationException("No block has begun.");
    }
}
