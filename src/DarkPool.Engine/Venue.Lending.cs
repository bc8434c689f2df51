using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending;

namespace DarkPool.Engine;

/// <summary>Loans of accounts. Each command answers with a rejection code, and tells the sink the same.</summary>
public sealed partial class Venue
{
    private LendingDesk? _lendingDesk;

    /// <summary>Lending: pools, isolated markets, their prices.</summary>
    internal LendingDesk Lending => _lendingDesk ??= new LendingDesk(_state, _state.Feeds, _markets);

    /// <summary>
    /// Whether the present block, or the last one, is one after which reserves are published: the first one of each settlement interval,
    /// counted from 1970; every one if the interval is 0. It depends on times alone.
    /// </summary>
    public bool IsReserveSheetDue { get; private set; }

    /// <summary>What is public of all reserves, by ascending pool in the order of listing.</summary>
    public IEnumerable<ReserveTotals> Reserves =>
        from pool in Lending.Pools
        from reserve in Enumerable.Range(0, pool.Reserves.Length)
        select ReserveTotals.Of(pool, reserve);

    /// <summary>What is public of all isolated markets, by ascending number.</summary>
    public IEnumerable<IsolatedTotals> IsolatedMarkets =>
        from listed in Lending.Markets
        select new IsolatedTotals(listed.Terms.Number, listed.IsPriced, listed.Market.State, listed.Terms.Lltv, listed.Market.Price);

    /// <summary>Does an operation on a pool; whoever else it concerns is told too.</summary>
    public RejectionCode Lend<TSink>(uint account, in PoolCommand command, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = RejectionCode.UnknownCounterparty;
        var done = default(PoolStep);
        if (command.Other is null || command.Other < _state.Accounts.Count) code = Lending.Execute(account, command, out done);
        if (code == RejectionCode.None) Tell(account, command, done, ref sink);
        else sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>Tells the account's position in a pool, with interest to the block's time.</summary>
    public RejectionCode QueryPool<TSink>(uint account, uint pool, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.FindPool(pool) is { } found ? LendingDesk.Describe(account, found, ref sink) : RejectionCode.UnknownPool;
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>
    /// Tells the position that the account would have after an operation, and, where <paramref name="price"/> is not 0, at another price
    /// of the command's asset (base currency, 8 decimals). Nothing changes.
    /// </summary>
    public RejectionCode WhatIf<TSink>(uint account, in PoolCommand command, UInt128 price, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.FindPool(command.Pool) is null ? RejectionCode.UnknownPool
            : command.Other >= _state.Accounts.Count ? RejectionCode.UnknownCounterparty
            : Lending.Describe(account, command, price, ref sink);
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>Does an operation on an isolated market; whoever else it concerns is told too.</summary>
    public RejectionCode Lend<TSink>(uint account, in IsolatedCommand command, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = RejectionCode.UnknownCounterparty;
        var done = default(IsolatedStep);
        if (command.Other is null || command.Other < _state.Accounts.Count) code = Lending.Execute(account, command, out done);
        if (code != RejectionCode.None)
        {
            sink.Rejected(account, 0, code);
            return code;
        }

        sink.IsolatedChanged(account, Lending.ChangeOf(account, command, done), byOther: false);
        if (command.Other is { } other && other != account)
            sink.IsolatedChanged(other, Lending.ChangeOf(other, command, done), byOther: true);
        return code;
    }

    /// <summary>Tells the account's position in an isolated market, with interest to the block's time.</summary>
    public RejectionCode QueryIsolated<TSink>(uint account, uint market, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.FindMarket(market) is { } found
            ? LendingDesk.Describe(account, found, ref sink)
            : RejectionCode.UnknownIsolatedMarket;
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    /// <summary>
    /// Tells the position that the account would have after an operation, and, where <paramref name="price"/> is not 0, at another price
    /// (loan base units per collateral base unit, scaled by 1e36). Nothing changes.
    /// </summary>
    public RejectionCode WhatIf<TSink>(uint account, in IsolatedCommand command, UInt256 price, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        RequireAccount(account);
        var code = Lending.FindMarket(command.Market) is null ? RejectionCode.UnknownIsolatedMarket
            : command.Other >= _state.Accounts.Count ? RejectionCode.UnknownCounterparty
            : Lending.Describe(account, command, price, ref sink);
        if (code != RejectionCode.None) sink.Rejected(account, 0, code);
        return code;
    }

    private bool EntersInterval(BlockTime time)
    {
        var interval = _settlement.IntervalMicroseconds;
        return !Lending.IsEmpty && (interval == 0 || time.Microseconds / interval != _state.Time.Microseconds / interval);
    }

    private void Tell<TSink>(uint account, in PoolCommand command, in PoolStep done, ref TSink sink)
        where TSink : struct, ILendingSink
    {
        sink.PoolChanged(account, Lending.ChangeOf(account, done.User, command, done), byOther: false);
        if (command.Other is not { } other || other == account) return;
        sink.PoolChanged(other, Lending.ChangeOf(other, done.Other, command, done), byOther: true);
    }
}
