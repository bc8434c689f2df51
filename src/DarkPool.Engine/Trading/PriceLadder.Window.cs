namespace DarkPool.Engine.Trading;

/// <summary>How the window follows the best price.</summary>
internal sealed unsafe partial class PriceLadder
{
    /// <summary>
    /// Far operations that pay for a look at the whole bitmap: a move every that many operations shows in no 99th percentile.
    /// </summary>
    private const int MovePrice = 256;

    /// <summary>Far operations that pay for carrying one level out of the window, and for carrying it in again one day.</summary>
    private const int LevelPrice = 2;

    /// <summary>A window grows by this many bits at a time: 2^12, 2^15, 2^18 ticks.</summary>
    private const int GrowthBits = 3;

    private long _farOperations;
    private long _moveAt = MovePrice;

    /// <summary>
    /// Three quarters of a window lie behind the best price, where orders rest, and one quarter before it, where it may go.
    /// </summary>
    private static long StartFor(long best, ulong size, in PriceScale scale)
    {
        var behind = (long)(size / 4 * 3);
        var step = Math.Min(scale.StepAtOrAbove(best), scale.Highest);
        var start = step < scale.Lowest + behind ? scale.Lowest : step - behind;
        return Math.Min(start & -LevelWindow.Alignment, (scale.Highest - (long)size + 1) & -LevelWindow.Alignment);
    }

    private bool TryMoveWindow(long best)
    {
        var scale = new PriceScale(_grain, _bias);
        if (_window.Bits < LevelWindow.MaxBits || scale.Grain != _window.Scale.Grain)
        {
            if (!Pays(_window.CountOccupied(_window.Start, _window.Size))) return false;
            RenewWindow(best);
            return true;
        }

        var start = StartFor(best, _window.Size, scale);
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

    private void RenewWindow(long best)
    {
        Evict(_window.Start, _window.Size);
        var scale = new PriceScale(_grain, _bias);
        var bits = Math.Min(_window.Bits + GrowthBits, LevelWindow.MaxBits);
        _window = new LevelWindow(bits, StartFor(best, 1UL << bits, scale), scale);
        Admit();
    }

    /// <summary>Takes a range of steps out of the window: their levels go far away.</summary>
    private void Evict(long from, ulong count)
    {
        for (var passed = 0UL; _window.TryFirst(from, count, ref passed, out var step);)
        {
            var place = _window.PlaceOf(step);
            var standing = _window.Node(place);
            ref var level = ref _pool.Nodes[*standing];
            level.Owner = OrderNode.FarPlace;
            _grain = PriceScale.Common(_grain, (long)level.Id, _bias);
            _far.Add((long)level.Id, *standing);
            *standing = 0;
            _window.VacateIf(true, place);
        }
    }

    /// <summary>Takes into the window what lies far away and is now covered.</summary>
    private void Admit()
    {
        var first = _window.Scale.KeyOf(_window.Start);
        var last = _window.Scale.KeyOf((long)((ulong)_window.Start + _window.Size - 1));
        var key = _far.BestKey;
        var more = _far.Count != 0 && (key <= last || _far.TryPrevious(last + 1, out key));
        while (more && key >= first)
        {
            // All keys that have a level are on the grain, since a window's grain is that of all at the time it is made.
            var (admitted, level, place) = (key, _far.Find(key), _window.PlaceOf(_window.Scale.StepOf(key)));
            _pool.Nodes[level].Owner = place;
            *_window.Node(place) = level;
            _window.Occupy(place);
            more = _far.TryPrevious(admitted, out key);
            _far.Remove(admitted);
        }
    }
}
