using System.Runtime.InteropServices;

namespace DarkPool.Engine.Ledger;

/// <summary>What one account has of one asset, in base units.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LedgerCell
{
    /// <summary>Free to be held or withdrawn.</summary>
    public UInt128 Available;

    /// <summary>Promised to open orders.</summary>
    public UInt128 Held;

    public uint Account;

    public uint Asset;

    /// <summary>The account's cell of the next higher asset, or 0.</summary>
    public uint NextOfAccount;

    /// <summary>The generation of the last block that moved it.</summary>
    public uint Touched;

    /// <summary>All of it.</summary>
    public readonly UInt128 Total => Available + Held;
}
