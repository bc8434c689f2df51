using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using DarkPool.Protocol.Hashing;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Hashing;

public class Sha256BatchTests
{
    /// <summary>More than three times sixteen, and a rest that leaves lanes empty.</summary>
    private const int Messages = 53;

    [Fact]
    public void Sixteen_lanes_hash_as_one_by_one()
    {
        if (Sha256SixteenLanes.IsSupported) HoldsOneByOne<Vector512<uint>, Sha256SixteenLanes>();
    }

    [Fact]
    public void Eight_lanes_hash_as_one_by_one()
    {
        if (Sha256EightLanes.IsSupported) HoldsOneByOne<Vector256<uint>, Sha256EightLanes>();
    }

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

    /// <summary>Both uses of a width of vector, whichever width this machine would choose.</summary>
    private static void HoldsOneByOne<TVector, TLanes>()
        where TVector : unmanaged
        where TLanes : struct, ISha256Lanes<TVector>
    {
        var data = new byte[4096];
        new Random(7).NextBytes(data);
        int[] offsets = [.. Enumerable.Range(0, Messages).Select(i => i * 61)];
        for (int length = 0; length <= 330; length++)
        {
            var hashes = new byte[Messages * 32];
            ReadOnlySpan<int> left = offsets;
            Span<byte> places = hashes;
            Sha256Batch.HashEqualLengths<TVector, TLanes>(data, ref left, length, ref places);
            Assert.InRange(left.Length, 0, 2);
            for (int i = 0; i < Messages - left.Length; i++)
                Assert.True(hashes.AsSpan(i * 32, 32).SequenceEqual(SHA256.HashData(data.AsSpan(offsets[i], length))), $"{length} {i}");
        }

        for (int count = 3; count <= 37; count++)
        {
            var nodes = new byte[count * 32];
            ReadOnlySpan<byte> left = data.AsSpan(0, count * 64);
            Span<byte> places = nodes;
            Sha256Batch.HashNodes<TVector, TLanes>(ref left, ref places);
            for (int i = 0; i < count - (left.Length / 64); i++)
                Assert.Equal(SHA256.HashData([1, .. data.AsSpan(i * 64, 64)]), nodes.AsSpan(i * 32, 32).ToArray());
        }
    }
}
