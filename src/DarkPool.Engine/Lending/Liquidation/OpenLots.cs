namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>Since when each user has been below the threshold: the bonus grows from then. Users ascending.</summary>
internal sealed class OpenLots
{
    private (uint User, ulong Since)[] _open = new (uint, ulong)[16];
    private (uint User, ulong Since)[] _next = new (uint, ulong)[16];

    public int Count { get; private set; }

    public ReadOnlySpan<(uint User, ulong Since)> All => _open.AsSpan(0, Count);

    /// <summary>Puts back what a snapshot has.</summary>
    public void Restore(uint user, ulong since)
    {
        if (Count == _open.Length) Array.Resize(ref _open, Count * 2);
        _open[Count++] = (user, since);
    }

    /// <summary>Who is below now: new ones are open from now on, those who are not any more are forgotten.</summary>
    /// <param name="below">Users ascending.</param>
    /// <param name="now">Seconds.</param>
    public void Update(ReadOnlySpan<uint> below, ulong now)
    {
        if (_next.Length < below.Length) _next = new (uint, ulong)[below.Length * 2];
        var old = 0;
        for (var i = 0; i < below.Length; i++)
        {
            while (old < Count && _open[old].User < below[i]) old++;
            _next[i] = old < Count && _open[old].User == below[i] ? _open[old] : (below[i], now);
        }

        (_open, _next) = (_next, _open);
        Count = below.Length;
    }
}
