using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Finds the positions of an isolated market whose health factor is below 1 without looking at the others. There is one price and one
/// rate for all, so positions are ordered by debt shares over collateral, whatever price and interest come: a heap of users with debt by
/// <c>(shares + margin) / collateral</c>, the riskiest on top. A search goes down only where a position could be unhealthy.
/// <para>
/// Rounding may cost a position up to 3 base units of the loan asset; the margin, in shares, is worth more than that as long as a share is
/// worth a twentieth of what the first one cost. Where it is not, everybody is looked at. Law: exactly those are named who are unhealthy.
/// </para>
/// </summary>
internal sealed class IsolatedRiskIndex
{
    private const ulong Margin = 64 * SharesMath.VirtualShares;
    private const ulong MostLost = 3;

    private readonly IsolatedMarket _market;
    private uint[] _heap = new uint[16];
    private int[] _places = new int[16];
    private readonly UserBuffer _below = new();
    private readonly Stack<int> _open = new();

    /// <summary>An index over a market, with the users that it has.</summary>
    public IsolatedRiskIndex(IsolatedMarket market, uint users)
    {
        _market = market;
        for (var user = 0u; user < users; user++) UserChanged(user);
    }

    /// <summary>Users with debt.</summary>
    public int Count { get; private set; }

    /// <summary>Positions looked at so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>A user's part has changed.</summary>
    public void UserChanged(uint user)
    {
        if (user >= _places.Length) Array.Resize(ref _places, checked((int)Math.Max(user + 1, (uint)_places.Length * 2)));
        var place = _places[user] - 1;
        if (_market.HoldingOf(user).BorrowShares == 0)
        {
            if (place >= 0) RemoveAt(place);
            return;
        }

        if (place < 0)
        {
            if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
            place = Count++;
            Set(place, user);
        }

        Down(Up(place));
    }

    /// <summary>Users whose health factor is below 1 at the market's price and time, ascending. Void after the next call.</summary>
    public ReadOnlySpan<uint> Below()
    {
        _below.Clear();
        if (Count == 0) return [];
        var totals = _market.AccruedState();
        var isCoarse = Margin * ((UInt256)totals.BorrowAssets + SharesMath.VirtualAssets)
            < MostLost * ((UInt256)totals.BorrowShares + SharesMath.VirtualShares);
        _open.Clear();
        _open.Push(0);
        while (_open.TryPop(out var place))
        {
            var user = _heap[place];
            Evaluations++;
            if (!isCoarse && !MayBeUnhealthy(user, totals)) continue;
            if (IsUnhealthy(user, totals)) _below.Add(user);
            var child = (place * 2) + 1;
            if (child < Count) _open.Push(child);
            if (child + 1 < Count) _open.Push(child + 1);
        }

        _below.Sort();
        return _below.Users;
    }

    private bool MayBeUnhealthy(uint user, in IsolatedMarketState totals)
    {
        try
        {
            var holding = _market.HoldingOf(user);
            var owed = totals.ToBorrowAssets((UInt256)holding.BorrowShares + Margin, Rounding.Ceiling);
            return owed > _market.LimitOf(holding.Collateral);
        }
        catch (OverflowException)
        {
            return true;
        }
    }

    private bool IsUnhealthy(uint user, in IsolatedMarketState totals)
    {
        try
        {
            return _market.HealthOf(user, totals) < MorphoWad.Wad;
        }
        catch (OverflowException)
        {
            // No operation on this position computes its health either.
            return false;
        }
    }

    private bool IsRiskier(uint user, uint other)
    {
        var (one, two) = (_market.HoldingOf(user), _market.HoldingOf(other));
        var left = ((UInt256)one.BorrowShares + Margin) * two.Collateral;
        return left > ((UInt256)two.BorrowShares + Margin) * one.Collateral;
    }

    private void RemoveAt(int place)
    {
        _places[_heap[place]] = 0;
        Count--;
        if (place == Count) return;
        Set(place, _heap[Count]);
        Down(Up(place));
    }

    private int Up(int place)
    {
        var user = _heap[place];
        for (; place > 0 && IsRiskier(user, _heap[(place - 1) / 2]); place = (place - 1) / 2) Set(place, _heap[(place - 1) / 2]);
        Set(place, user);
        return place;
    }

    private void Down(int place)
    {
        var user = _heap[place];
        while (true)
        {
            var child = (place * 2) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsRiskier(_heap[child + 1], _heap[child])) child++;
            if (!IsRiskier(_heap[child], user)) break;
            Set(place, _heap[child]);
            place = child;
        }

        Set(place, user);
    }

    private void Set(int place, uint user)
    {
        _heap[place] = user;
        _places[user] = place + 1;
    }
}
