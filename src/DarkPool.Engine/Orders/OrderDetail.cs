using System.Runtime.InteropServices;

namespace DarkPool.Engine.Orders;

/// <summary>What a venue knows of an open order beside its node in the book, at the same slot.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OrderDetail
{
    /// <summary>The ledger cell whose held part pays for the order.</summary>
    public uint PayCell;

    /// <summary>The ledger cell that its trades fill; 0 until the first.</summary>
    public uint ReceiveCell;

    /// <summary>The market's number.</summary>
    public uint Market;

    /// <summary>Its place in the expiry queue, from 1; 0 if it does not expire.</summary>
    public uint ExpiryPlace;
}
