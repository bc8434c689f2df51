using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Formats;

/// <summary>
/// Laws of every format: what was written is read, and whatever bytes are read are the only bytes of their value. Together these say
/// that reserved bytes, lengths and signatures are checked. Reading never throws.
/// </summary>
public sealed class FormatTests
{
    /// <summary>Headers in front of something whose length they tell, or that is told by another header.</summary>
    private static readonly HashSet<string> Prefixes =
        [nameof(EnvelopeHeader), nameof(BlockHeader), nameof(CommandHeader)];

    public static TheoryData<string> Names => Formats.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_read(string name)
    {
        var format = Formats.Named(name);
        Assert.Equal(format.Example, format.Rewrite(format.Example));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_truncated_value_is_refused(string name)
    {
        var format = Formats.Named(name);
        // The padding of a command ends where its size class says; less of it is another class's business.
        var least = name == nameof(CommandHeader) ? CommandHeader.Size + 3 : format.Example.Length;
        for (var length = 0; length < least; length++) Assert.Null(format.Rewrite(format.Example[..length]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flipped_bit_gives_another_value_or_none(string name)
    {
        var format = Formats.Named(name);
        var bytes = format.Example.ToArray();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            if (format.Rewrite(bytes) is { } again) Assert.Equal(bytes, again);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_byte_too_many_is_refused_where_the_length_is_not_told_elsewhere(string name)
    {
        var format = Formats.Named(name);
        byte[] longer = [.. format.Example, 0];
        if (Prefixes.Contains(name)) Assert.Equal(longer, format.Rewrite(longer));
        else Assert.Null(format.Rewrite(longer));
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_are_refused_or_the_only_bytes_of_their_value(byte[] noise, int place, byte value, ushort choice)
    {
        var format = Formats.All[choice % Formats.All.Count];
        AssertCanonical(format, noise);
        var damaged = format.Example.ToArray();
        damaged[(place & int.MaxValue) % damaged.Length] = value;
        AssertCanonical(format, damaged);
        for (var at = 0; at < Math.Min(noise.Length, damaged.Length); at++) damaged[at] ^= noise[at];
        AssertCanonical(format, damaged);
    }

    private static void AssertCanonical(Format format, byte[] bytes)
    {
        if (format.Rewrite(bytes) is { } again) Assert.Equal(bytes, again);
    }
}
