using System.Runtime.InteropServices;
using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>What a command asks a book for.</summary>
internal enum BookAction : byte
{
    /// <summary>Place an order that may rest.</summary>
    Rest,

    /// <summary>Place an immediate order.</summary>
    Immediate,

    Cancel,
    Replace,
}

/// <summary>One command to a book: 32 bytes, so that reading a prepared flow costs a book's measurement little.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BookCommand(ulong Id, long Price, ulong Lots, BookAction Action, Side Side);
