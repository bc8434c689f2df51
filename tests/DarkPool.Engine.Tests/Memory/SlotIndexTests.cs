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
                else Assert.Equal(slot, index.Take(known, new Exactly(slot)));
                model.Remove(slot);
            }
            else
            {
                Assert.Equal(0u, index.Take(hash, new Exactly(slot)));
                index.Add(hash, slot);
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

    private readonly struct Exactly(uint wanted) : ISlotMatch
    {
        public bool Matches(uint slot) => slot == wanted;
    }
}
