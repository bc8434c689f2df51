using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// A node of a book: an order, or the level that a queue of orders hangs on. Both have one shape, so that a level is the sentinel of a
/// circular list and an order is linked and unlinked without a branch. Two nodes fill a cache line.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct OrderNode
{
    /// <summary>A level's place that is in no window.</summary>
    public const uint FarPlace = uint.MaxValue;

    private const int SideShift = 30;
    private const uint SumMask = (1u << SideShift) - 1;

    /// <summary>An order's id; a level's key.</summary>
    public ulong Id;

    /// <summary>An order's open lots; the low 64 bits of a level's sum of them.</summary>
    public ulong Lots;

    /// <summary>The next younger order of the level; a level's oldest order; a free node's follower.</summary>
    public uint Next;

    /// <summary>The next older order of the level; a level's youngest order.</summary>
    public uint Previous;

    /// <summary>An order's level; a level's side, and below it the high bits of its sum of lots.</summary>
    public uint Level;

    /// <summary>
    /// An order's owner, for whoever uses the book; a level's place in the window of its ladder, or <see cref="FarPlace"/>.
    /// </summary>
    public uint Owner;

    /// <summary>A level's side.</summary>
    public readonly Side LevelSide => (Side)(Level >> SideShift);

    /// <summary>A level without orders, of no key yet.</summary>
    public static OrderNode NewLevel(uint slot, Side side) => new() { Next = slot, Previous = slot, Level = (uint)side << SideShift };

    /// <summary>Adds to a level's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLots(ulong lots)
    {
        var sum = Lots + lots;
        Lots = sum;
        if (sum < lots) Level++;
    }

    /// <summary>Takes from a level's sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeLots(ulong lots)
    {
        var sum = Lots;
        Lots = sum - lots;
        if (sum < lots) Level--;
    }

    /// <summary>A level's sum of open lots.</summary>
    public readonly UInt128 LevelLots => new(Level & SumMask, Lots);
}
