using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>
/// A book's answers to a session in the publisher's canonical form, of which the SHA-256 is published: a line for each, numbered by its
/// command. A line begins with its kind, and those of one command come in that order: 0 taken, 1 traded, 2 cancelled, 3 replaced, 4 cancel
/// refused, 5 replace refused. No line break at the end.
/// </summary>
internal struct SessionReport() : IBookSink
{
    private const int FlushAt = 1 << 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _text = new();
    private readonly Dictionary<ulong, (int Side, long Price)> _orders = [];
    private string _separator = "";
    private BookCommand _command;
    private string? _replaced;
    private long _sequence = -1;

    /// <summary>Trades so far.</summary>
    public int Trades { get; private set; }

    /// <summary>Begins the answer to the next command.</summary>
    public void Begin(in BookCommand command)
    {
        End();
        _sequence++;
        _command = command;
    }

    public void Accepted(ulong id, Side side, Price price, Quantity quantity)
    {
        var order = (Side: (int)side - 1, Price: price.Ticks);
        _orders[id] = order;
        NextLine().Append(CultureInfo.InvariantCulture, $"0,{_sequence},{order.Side},{id},{order.Price},{quantity.Lots}");
    }

    public void Traded(in BookTrade trade)
    {
        Trades++;
        NextLine().Append(
            CultureInfo.InvariantCulture,
            $"1,{_sequence},{trade.Price.Ticks},{trade.Quantity.Lots},{trade.MakerId},{trade.TakerId}");
    }

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason) =>
        NextLine().Append(CultureInfo.InvariantCulture, $"2,{_sequence},{_orders[id].Side},{id},{_orders[id].Price}");

    /// <summary>Told before the trades that it leads to, and written after them.</summary>
    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority)
    {
        var order = _orders[id] with { Price = price.Ticks };
        _orders[id] = order;
        _replaced = string.Create(CultureInfo.InvariantCulture, $"3,{_sequence},{order.Side},{id},{order.Price},{quantity.Lots}");
    }

    public void Rejected(ulong id, BookRejection reason) =>
        NextLine().Append(CultureInfo.InvariantCulture, $"{(_command.Action == BookAction.Cancel ? 4 : 5)},{_sequence},{id}");

    /// <summary>The digest of all answers in hexadecimal digits. Ends the report.</summary>
    public string Digest()
    {
        using var hash = _hash;
        End();
        Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void End()
    {
        if (_replaced is not null) NextLine().Append(_replaced);
        _replaced = null;
        if (_text.Length >= FlushAt) Flush();
    }

    private StringBuilder NextLine()
    {
        _text.Append(_separator);
        _separator = "\n";
        return _text;
    }

    private readonly void Flush()
    {
        _hash.AppendData(Encoding.ASCII.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
