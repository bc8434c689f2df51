namespace DarkPool.Engine.Trading;

/// <summary>How the window follows the best price.</summary>
internal sealed unsafe partial class PriceLadder
{
    /// <summary>
    /// Far operations that pay for a look at the whole ring: a move every that many operations shows in no 99th percentile.
    /// </summary>
    private const int MovePrice = 256;

    /// <summary>Far operations that pay for carrying one level out of the window, and for carrying it in again one day.</summary>
    private const int LevelPrice = 2;

    /// <summary>A window grows by this many bits at a time: 2^12, 2^15, 2^18 ticks.</summary>
    private const int GrowthBits = 3;

    /// <summary>
    /// Levels that emptied at the best price and keep their node: those of prices in use, while a price that runs away does not leave a
    /// trail of nodes that would be cold when it is back.
    /// </summary>
    private const int RememberedLevels = 512;

    private readonly long[] _emptied = new long[RememberedLevels];
    private int _emptiedCount;
    private long _farOperations;
    private long _moveAt = MovePrice;

    /// <summary>
    /// Three quarters of a window lie behind the best price, where orders rest, and one quarter before it, where it may go.
    /// </summary>
    private static long StartFor(long best, ulong size)
    {
        var behind = (long)(size / 4 * 3);
        var start = best < long.MinValue + behind ? long.MinValue : best - behind;
        return Math.Min(start & -LevelWindow.Alignment, long.MaxValue - (long)size + 1);
    }

    private bool TryMoveWindow(long best)
    {
        if (_window.Bits < LevelWindow.MaxBits)
        {
            if (!Pays(_window.CountOccupied(_window.Start, _window.Size))) return false;
            GrowWindow(best);
            return true;
        }

        var start = StartFor(best, _window.Size);
        var distance = start > _window.Start ? (ulong)start - (ulong)_window.Start : (ulong)_window.Start - (ulong)start;
        var keep = distance < _window.Size;
        var leaveFrom = !keep || start > _window.Start ? _window.Start : (long)((ulong)start + _window.Size);
        var leave = keep ? distance : _window.Size;
        if (!Pays(_window.CountOccupied(leaveFrom, leave)) || distance < _window.Size / 8) return false;
        Evict(leaveFrom, leave);
        _window.MoveTo(start);
        Admit();
        return true;
    }

    /// <summary>Whether the far operations so far pay for moving that many levels; if so, they are spent.</summary>
    private bool Pays(long levels)
    {
        var price = MovePrice + (LevelPrice * levels);
        var pays = _farOperations >= price;
        _moveAt = pays ? MovePrice : price;
        if (pays) _farOperations = 0;
        return pays;
    }

    private void GrowWindow(long best)
    {
        Evict(_window.Start, _window.Size);
        var bits = Math.Min(_window.Bits + GrowthBits, LevelWindow.MaxBits);
        _window = new LevelWindow(bits, StartFor(best, 1UL << bits));
        Admit();
    }

    /// <summary>Takes a range of keys out of the window: levels with orders go far away, empty ones end.</summary>
    private void Evict(long from, ulong count)
    {
        for (var passed = 0UL; _window.TryFirstNode(from, count, ref passed, out var key); passed++)
        {
            ref var node = ref _window.Node(key);
            if (_pool.Nodes[node].Next == node)
            {
                _pool.Return(node);
            }
            else
            {
                _window.VacateIf(true, key);
                _far.Add(key, node);
            }

            node = 0;
        }
    }

    /// <summary>Takes into the window what lies far away and is now covered.</summary>
    private void Admit()
    {
        var last = (long)((ulong)_window.Start + _window.Size - 1);
        var key = _far.BestKey;
        var more = _far.Count != 0 && (key <= last || _far.TryPrevious(last + 1, out key));
        while (more && key >= _window.Start)
        {
            var admitted = key;
            _window.Node(admitted) = _far.Find(admitted);
            _window.Occupy(admitted);
            more = _far.TryPrevious(admitted, out key);
            _far.Remove(admitted);
        }
    }

    /// <summary>
    /// Notes that a level emptied at the best price, and takes the node of the one that did so long ago, if it is empty still or again.
    /// </summary>
    private void ForgetEmptied(long key)
    {
        ref var place = ref _emptied[_emptiedCount++ & (RememberedLevels - 1)];
        var forgotten = place;
        place = key;
        if (!_window.Covers(forgotten)) return;
        ref var node = ref _window.Node(forgotten);
        if (node == 0 || _pool.Nodes[node].Next != node) return;
        _pool.Return(node);
        node = 0;
    }
}
