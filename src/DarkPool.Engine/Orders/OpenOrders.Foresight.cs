using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Engine.Orders;

/// <summary>
/// Memory that a command will need, asked for while earlier commands are carried out: a look-up that misses the caches costs as much as
/// the rest of a command. Hints change nothing but time.
/// </summary>
internal sealed unsafe partial class OpenOrders
{
    /// <summary>An order of that id is looked up soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectLookUp(uint hash) => _index.Prefetch(hash);

    /// <summary>What that look-up finds is read soon; the hint of <see cref="ExpectLookUp"/> should have had its time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectOrder(uint hash)
    {
        var located = _index.Guess(hash);
        if (located == 0 || !Sse.IsSupported) return;
        if (IsEnded(located))
        {
            Sse.Prefetch0(_ended.Records + (located & ~EndedMark));
            return;
        }

        Pool.Prefetch(located);
        Details.Prefetch(located);
    }

    /// <summary>A record is the next of its account to be forgotten; it was brought near when it was the next but one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ExpectForgetting(uint record)
    {
        if (!Sse.IsSupported) return;
        ref readonly var next = ref _ended[record];
        _index.Prefetch(next.Hash);
        Sse.Prefetch0(_ended.Records + next.Later);
    }
}
