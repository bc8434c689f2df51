using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DarkPool.Engine.Lending;

/// <summary>
/// Liquidations that wait to be published. They leave at settlement cadence, in the order of their commitments: that in which they were
/// sold would rank the borrowers by health.
/// </summary>
public sealed class PublicLiquidations
{
    /// <summary>Most liquidations of one sheet: a MiB of it. More wait for the next one.</summary>
    public const int MaxPerSheet = 8_192;

    private readonly List<PublicLiquidation> _waiting = [];

    /// <summary>How many were published.</summary>
    public ulong Published { get; private set; }

    /// <summary>Those that wait, in the order in which they were sold.</summary>
    public IReadOnlyList<PublicLiquidation> Waiting => _waiting;

    /// <summary>Notes a sale that is to be published.</summary>
    /// <param name="liquidation">The sale.</param>
    public void Add(in PublicLiquidation liquidation) => _waiting.Add(liquidation);

    /// <summary>Goes on counting where a snapshot stopped.</summary>
    internal void Restore(ulong published) => Published = published;

    /// <summary>Takes the oldest for publication.</summary>
    /// <param name="first">The number of the first of them, from 1 without gaps.</param>
    /// <returns>At most <see cref="MaxPerSheet"/>, ascending by commitment.</returns>
    public ImmutableArray<PublicLiquidation> Take(out ulong first)
    {
        first = Published + 1;
        var taken = _waiting.GetRange(0, Math.Min(_waiting.Count, MaxPerSheet)).ToArray();
        _waiting.RemoveRange(0, taken.Length);
        Published += (ulong)taken.Length;
        Array.Sort(taken, static (left, right) => Compare(left.Commitment, right.Commitment));
        return ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }

    private static int Compare(in Digest left, in Digest right)
    {
        Span<byte> bytes = stackalloc byte[2 * Digest.Size];
        left.CopyTo(bytes);
        right.CopyTo(bytes[Digest.Size..]);
        return bytes[..Digest.Size].SequenceCompareTo(bytes[Digest.Size..]);
    }
}
