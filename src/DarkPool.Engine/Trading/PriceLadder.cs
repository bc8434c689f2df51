using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// The price levels of one side, best first. It knows keys, not prices: a key is the price of a bid and the complement of the price of an
/// ask, so that a higher key is better on either side and no code asks which side it is on. Levels near the best live in the window, the
/// others in <see cref="FarLevels"/>; work done far away earns the right to move the window there, so moving it costs a constant per
/// operation.
/// </summary>
internal sealed unsafe partial class PriceLadder
{
    private readonly OrderPool _pool;
    private readonly FarLevels _far = new();
    private readonly Side _side;
    private readonly long _bias;
    private LevelWindow _window;

    /// <summary>
    /// A common divisor of all keys that ever lay outside of a window, each raised by the bias; 0 before the first. Those inside are
    /// multiples of the window's own.
    /// </summary>
    private ulong _grain;

    public PriceLadder(OrderPool pool, Side side)
    {
        _pool = pool;
        _side = side;

        // The key of an ask is the complement of its price; raised by one it is the negative, of which the grain is a divisor too.
        _bias = LimitBook.Key(side, 0) == 0 ? 0 : 1;
        _window = new LevelWindow(LevelWindow.MinBits, 0, new PriceScale(1, _bias));
        _free = _freeBuffer.Items;
    }

    /// <summary>The best level's key; <see cref="long.MinValue"/> if there is none (or the best is exactly there).</summary>
    public long BestKey { get; private set; } = long.MinValue;

    /// <summary>The best level's node; 0 if there is none.</summary>
    public uint BestLevel { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => _window.Bytes + _far.Bytes + _freeBuffer.Bytes;

    /// <summary>The level of a key, which is about to get an order at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Enter(long key)
    {
        if (_freeCount == 0) AddFreeLevel();
        var step = _window.Scale.StepOf(key);
        var level = _window.Covers(step) ? EnterNear(key, _window.PlaceOf(step)) : EnterFar(key);

        // Whether an order comes at the best price, nobody can predict: a mask, since the compiler turns a conditional expression into a
        // branch inside a caller's loop. In an empty ladder any key is the best.
        var (best, bestLevel) = (BestKey, BestLevel);
        var isBest = -(long)Unsafe.BitCast<bool, byte>(key >= best);
        BestLevel = bestLevel ^ ((level ^ bestLevel) & (uint)isBest);
        BestKey = best ^ ((key ^ best) & isBest);
        return level;
    }

    /// <summary>
    /// Takes note that an order of the level at a place has gone, and whether it was the last one there: nobody can predict that, so it is
    /// no branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(bool empty, uint level, uint place)
    {
        if (place != OrderNode.FarPlace) LeaveNear(empty, level, place);
        else if (empty) LeaveFar(level);
        if (empty & (level == BestLevel)) FindBest(BestKey, place);
    }

    /// <summary>The best level below a key.</summary>
    public bool TryNext(long key, out long next, out uint level)
    {
        var near = TryNextNear(key, out var nearKey);
        var far = _far.TryPrevious(key, out var farKey);
        var nearFirst = near && (!far || nearKey > farKey);
        next = nearFirst ? nearKey : farKey;
        level = nearFirst ? NearLevel(next) : far ? _far.Find(next) : 0;
        return level != 0;
    }

    private bool TryNextNear(long key, out long next)
    {
        var step = _window.Scale.StepAtOrAbove(key);
        long below;
        var found = _window.Covers(step) ? _window.TryPrevious(step, out below) : TryHighestBelow(step, out below);
        next = found ? _window.Scale.KeyOf(below) : long.MinValue;
        return found;
    }

    private bool TryHighestBelow(long step, out long below)
    {
        below = 0;
        return step >= _window.Start && _window.TryHighest(out below);
    }

    /// <summary>The level of <paramref name="key"/> has emptied and every other is below it: finds the best of them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindBest(long key, uint place)
    {
        if (place != OrderNode.FarPlace)
        {
            var near = _window.TryPreviousNearby(place, out var distance);
            var nearKey = key - (distance * _window.Scale.Grain);
            if (near && nearKey > _far.BestKey)
            {
                BestKey = nearKey;
                BestLevel = _window.Node(place - distance);
                return;
            }
        }

        FindBestAnywhere(key);
    }

    private uint NearLevel(long key) => _window.Node(_window.PlaceOf(_window.Scale.StepOf(key)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindBestAnywhere(long key)
    {
        if (TryNextNear(key, out var near) && (_far.Count == 0 || near > _far.BestKey))
        {
            BestKey = near;
            BestLevel = NearLevel(near);
        }
        else
        {
            BestKey = _far.BestKey;
            BestLevel = _far.Count == 0 ? 0 : _far.Find(_far.BestKey);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint EnterFar(long key)
    {
        var moved = ++_farOperations >= _moveAt && TryMoveWindow(Math.Max(key, BestKey));
        if (moved && _window.Covers(_window.Scale.StepOf(key))) return Enter(key);
        var level = _far.Find(key);
        if (level != 0) return level;
        level = TakeLevel(key);
        _far.Add(key, level);
        return level;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveFar(uint level)
    {
        _farOperations++;
        _far.Remove((long)_pool.Nodes[level].Id);
        _free[_freeCount++] = level;
    }
}
