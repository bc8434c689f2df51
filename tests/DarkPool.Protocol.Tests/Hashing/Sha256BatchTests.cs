using System.Security.Cryptography;
using DarkPool.Protocol.Hashing;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Hashing;

public class Sha256BatchTests
{
    [Property]
    public void Messages_of_one_length_hash_as_one_by_one(byte[] data, byte[] places, byte length)
    {
        int each = Math.Min(length, data.Length);
        int[] offsets = [.. places.Select(p => data.Length == each ? 0 : p % (data.Length - each + 1))];
        var hashes = new byte[offsets.Length * 32];

        Sha256Batch.HashEqualLengths(data, offsets, each, hashes);

        for (int i = 0; i < offsets.Length; i++)
            Assert.Equal(SHA256.HashData(data.AsSpan(offsets[i], each)), hashes.AsSpan(i * 32, 32).ToArray());
    }

    [Fact]
    public void Every_length_around_every_padding_boundary_is_right()
    {
        var data = new byte[600];
        new Random(1).NextBytes(data);
        int[] offsets = [0, 1, 2, 3, 5, 7, 11, 13, 17, 19, 23];
        var hashes = new byte[offsets.Length * 32];

        for (int length = 0; length <= 512; length++)
        {
            Sha256Batch.HashEqualLengths(data, offsets, length, hashes);
            for (int i = 0; i < offsets.Length; i++)
                Assert.True(hashes.AsSpan(i * 32, 32).SequenceEqual(SHA256.HashData(data.AsSpan(offsets[i], length))), $"{length}");
        }
    }

    [Fact]
    public void Nodes_of_any_number_of_pairs_are_right_in_place()
    {
        for (int pairs = 0; pairs <= 40; pairs++)
        {
            var level = new byte[pairs * 64];
            new Random(pairs).NextBytes(level);
            byte[][] expected = [.. Enumerable.Range(0, pairs).Select(i => SHA256.HashData([1, .. level.AsSpan(i * 64, 64)]))];

            Sha256Batch.HashNodes(level, level);

            for (int i = 0; i < pairs; i++) Assert.Equal(expected[i], level.AsSpan(i * 32, 32).ToArray());
        }
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(1, 64)]
    [InlineData(65, 0)]
    public void A_message_beyond_the_data_is_refused(int offset, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Batch.HashEqualLengths(new byte[64], [offset], length, new byte[32]));

    [Fact]
    public void Half_a_pair_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Batch.HashNodes(new byte[96], new byte[96]));
}
