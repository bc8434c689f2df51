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
        _freeTop = _freeBuffer.Items;
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
        var level = TryEnter(key, _pool.Nodes);
        return level == 0 ? EnterAnywhere(key) : level;
    }

    /// <summary>
    /// Takes note that an order of the level at a place has gone, and with <paramref name="others"/> being 0 that it was the last one
    /// there: nobody can predict that, so it is no branch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(uint others, uint level, uint place)
    {
        if (place == OrderNode.FarPlace)
        {
            LeaveFar(others, level);
            return;
        }

        LeaveNear(others == 0, level, place);
        if ((others | (level ^ BestLevel)) == 0) FindBest(place);
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

    /// <summary>The best level, at a place of the window, has emptied: finds the best of the others, all below it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindBest(uint place)
    {
        var near = _window.TryPreviousNearby(place, out var distance);
        var nearKey = BestKey - (distance * _window.Scale.Grain);
        if (near && nearKey > _far.BestKey)
        {
            BestKey = nearKey;
            BestLevel = *_window.Node(place - distance);
            return;
        }

        FindBestAnywhere();
    }

    /// <summary>
    /// Takes a level that gets an order for the best one if it is. Nobody can predict that: a mask, since the compiler turns a conditional
    /// expression into a branch inside a caller's loop. In an empty ladder any key is the best.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteBest(long key, uint level)
    {
        var (best, bestLevel) = (BestKey, BestLevel);
        var isBest = -(long)Unsafe.BitCast<bool, byte>(key >= best);
        BestLevel = bestLevel ^ ((level ^ bestLevel) & (uint)isBest);
        BestKey = best ^ ((key ^ best) & isBest);
    }

    private uint NearLevel(long key) => *_window.Node(_window.PlaceOf(_window.Scale.StepOf(key)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FindBestAnywhere()
    {
        if (TryNextNear(BestKey, out var near) && (_far.Count == 0 || near > _far.BestKey))
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

    /// <summary>The level of a key for which a node is missing, or which the window does not cover.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint EnterAnywhere(long key)
    {
        if (*_freeTop == 0) AddFreeLevel();
        var level = TryEnter(key, _pool.Nodes);
        if (level != 0) return level;
        if (++_farOperations >= _moveAt && TryMoveWindow(Math.Max(key, BestKey))) level = TryEnter(key, _pool.Nodes);
        if (level != 0) return level;
        level = _far.Find(key);
        if (level == 0)
        {
            level = TakeLevel(key);
            _far.Add(key, level);
        }

        NoteBest(key, level);
        return level;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveFar(uint others, uint level)
    {
        if (others != 0) return;
        _farOperations++;
        _far.Remove((long)_pool.Nodes[level].Id);
        *++_freeTop = level;
        if (level == BestLevel) FindBestAnywhere();
    }
}
