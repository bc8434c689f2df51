using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>What a command asks a book for.</summary>
internal enum BookAction : byte
{
    /// <summary>Place an order that may rest.</summary>
    Rest = Execution.Rest,

    /// <summary>Place an immediate order.</summary>
    Immediate = Execution.ImmediateOrCancel,

    Cancel,
    Replace,
}

/// <summary>One command to a book: 32 bytes, so that reading a prepared flow costs a book's measurement little.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BookCommand(ulong Id, long Price, ulong Lots, BookAction Action, Side Side)
{
    /// <summary>How an order is placed: the numbers agree, so that reading a command costs no branch that nobody can predict.</summary>
    public Execution Execution => (Execution)Action;

    /// <summary>Gives the command to a book, every id raised by <paramref name="idOffset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ApplyTo<TSink>(ContinuousBook book, ref TSink sink, ulong idOffset = 0)
        where TSink : struct, IBookSink
    {
        var id = Id + idOffset;
        if (Action == BookAction.Cancel)
        {
            book.Cancel(id, ref sink);
        }
        else if (Action == BookAction.Replace)
        {
            book.Replace(id, new Price(Price), new Quantity(Lots), ref sink);
        }
        else
        {
            book.Place(id, Side, new Price(Price), new Quantity(Lots), Execution, ref sink);
        }
    }
}
