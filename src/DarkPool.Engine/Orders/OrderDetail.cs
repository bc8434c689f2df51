using System.Runtime.InteropServices;
using DarkPool.Engine.Trading;

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

    /// <summary>The account's next younger open order, or 0.</summary>
    public uint Younger;

    /// <summary>The account's next older open order, or 0.</summary>
    public uint Older;

    /// <summary>The most it pays in fees, in millionths: the larger fee of its market when it was placed or replaced.</summary>
    public uint FeeMillionths;

    /// <summary>What else it asked for.</summary>
    public OrderFlags Flags;

    /// <summary>What it asked for in this order; the account's default may say more.</summary>
    public SelfTradePrevention SelfTrade;

    /// <summary>Whether <see cref="OrderDetails.Minimum"/> has something of it.</summary>
    public bool HasMinimum;

    /// <summary>Says the terms it was placed with, so that the same order is known when it comes again.</summary>
    public ulong Fingerprint;

    /// <summary>The session that placed it.</summary>
    public ulong Session;
}
