using DarkPool.Engine.Memory;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Memory;

public sealed class SlotIndexTests
{
    [Property(MaxTest = 20)]
    public void It_finds_what_a_dictionary_finds_however_hashes_collide(int seed, byte hashBits)
    {
        var random = new Random(seed);
        var hashes = 1u << (hashBits % 33 % 31);
        var index = new SlotIndex(0);
        var model = new Dictionary<uint, uint>();
        for (var step = 0; step < 8_000; step++)
        {
            var slot = (uint)random.Next(1, 3_000);
            var hash = unchecked(slot * 2_654_435_761) % hashes;
            if (model.TryGetValue(slot, out var known))
            {
                if (random.Next(2) == 0) index.Remove(known, slot);
                else Assert.Equal(slot, Take(index, known, slot));
                model.Remove(slot);
            }
            else
            {
                Assert.Equal(0u, Take(index, hash, slot));
                Add(index, hash, slot, random.Next(3));
                model.Add(slot, hash);
            }

            var other = (uint)random.Next(1, 3_000);
            Assert.Equal(model.ContainsKey(other) ? other : 0, index.Find(unchecked(other * 2_654_435_761) % hashes, new Exactly(other)));
        }

        Assert.Equal(model.Count, index.Count);
        foreach (var (slot, hash) in model) Assert.Equal(slot, index.Find(hash, new Exactly(slot)));
    }

    [Fact]
    public void It_stays_as_large_as_its_fullest_moment()
    {
        var index = new SlotIndex(1_000);
        var before = index.Bytes;
        for (var slot = 1u; slot < 1_000_000; slot++)
        {
            index.Add(slot * 2_654_435_761, slot);
            if (slot > 1_000) index.Remove((slot - 1_000) * 2_654_435_761, slot - 1_000);
        }

        Assert.Equal(before, index.Bytes);
    }

    [Fact]
    public void Removing_what_is_not_there_is_a_bug_and_says_so() =>
        Assert.Throws<InvalidOperationException>(() => new SlotIndex(0).Remove(1, 1));

    /// <summary>As whoever takes one does: by one look, and only if that does not tell by another way.</summary>
    private static uint Take(SlotIndex index, uint hash, uint wanted)
    {
        var count = index.Count;
        if (index.TryTake(hash, new Exactly(wanted), out var slot)) return slot;
        Assert.Equal(count, index.Count);
        return index.Take(hash, new Exactly(wanted));
    }

    private static void Add(SlotIndex index, uint hash, uint slot, int way)
    {
        if (way == 0 && index.TryReserve(hash, out var reserved))
        {
            index.AddReserved(reserved, slot);
        }
        else if (way == 1)
        {
            Assert.False(index.Contains(hash, new Exactly(slot), out var free));
            index.Add(free, slot);
        }
        else
        {
            index.Add(hash, slot);
        }
    }

    private readonly struct Exactly(uint wanted) : ISlotMatch
    {
        public bool Matches(uint slot) => slot == wanted;
    }
}
