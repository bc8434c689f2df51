using DarkPool.Engine.Trading;
using DarkPool.Load.Match;

namespace DarkPool.Load.Soak;

/// <summary>
/// Orders without end through one book in which few rest: each comes with an id of its own, trades, is replaced, or is cancelled when it
/// is the oldest. Prices walk far and leap, so that levels come and go too.
/// If anything were kept of an order that ended, memory would grow.
/// </summary>
internal sealed class SoakRun
{
    /// <summary>Orders after which all code is compiled and the index of ids has seen nearly as many collide as it ever will.</summary>
    public const int WarmUp = 2_000_000;

    /// <summary>Ticks between prices that share nothing in the book.</summary>
    private const long Spread = 1_000_003;

    private const ulong Id = 0x9E3779B97F4A7C15;

    private readonly ContinuousBook _book = new();
    private readonly ulong _most;
    private EventChecksum _events;
    private ulong _state = Id;
    private ulong _placed;
    private long _middle = 1_000_000;

    /// <summary>A run over a book that held as many orders as may rest, each at a price of its own: it never needs more again.</summary>
    /// <param name="resting">The most orders that may rest.</param>
    public SoakRun(uint resting)
    {
        _most = resting;
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            for (var order = 0U; order <= resting; order++)
                _book.Place(order, side, new Price(Spread * order), new Quantity(1), Execution.Rest, ref _events);
            for (var order = 0U; order <= resting; order++) _book.Cancel(order, ref _events);
        }
    }

    /// <summary>Commands given so far: placed, replaced and cancelled.</summary>
    public ulong Operations { get; private set; }

    /// <summary>Orders that rest now.</summary>
    public long Resting => _book.Count;

    /// <summary>The most that rested so far.</summary>
    public long PeakResting { get; private set; }

    /// <summary>Bytes that the book holds.</summary>
    public long BookBytes => _book.Bytes;

    /// <summary>Lots traded so far.</summary>
    public ulong TradedLots => _events.TradedLots;

    /// <summary>Places so many orders more.</summary>
    public void Play(ulong orders)
    {
        for (var end = _placed + orders; _placed < end;)
        {
            var draw = Draw();
            if (_placed % 4_096 == 0) _middle = 1_000_000 + (long)(draw % 900_000);
            _middle += (long)(draw & 7) - 3;
            var side = (draw >> 8 & 1) == 0 ? Side.Buy : Side.Sell;
            var distance = (long)(draw >> 16 & 63) - 4;
            var price = new Price(side == Side.Buy ? _middle - distance : _middle + distance);
            var execution = (draw >> 24 & 15) == 0 ? Execution.ImmediateOrCancel : Execution.Rest;
            _book.Place(IdOf(_placed++), side, price, new Quantity((draw >> 32 & 127) + 1), execution, ref _events);
            if (_book.Count > PeakResting) PeakResting = _book.Count;
            Operations++;
            if ((draw >> 40 & 7) == 0 && _placed > 8)
            {
                _book.Replace(IdOf(_placed - 8), price, new Quantity((draw >> 48 & 63) + 1), ref _events);
                Operations++;
            }

            if (_placed < _most) continue;
            _book.Cancel(IdOf(_placed - _most), ref _events);
            Operations++;
        }
    }

    private static ulong IdOf(ulong order) => order * Id;

    private ulong Draw()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state;
    }
}
