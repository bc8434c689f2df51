namespace DarkPool.Attestation.Rofl;

/// <summary>Reads Bech32 (BIP-173): a prefix, "1", groups of five bits, six groups of checksum.</summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const int MaxLength = 90;

    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>The bytes of a lowercase text with this prefix; null if it is not one.</summary>
    public static byte[]? TryDecode(string prefix, string text)
    {
        if (text.Length > MaxLength || !text.StartsWith(prefix + "1", StringComparison.Ordinal)) return null;
        var groups = new List<byte>(text.Length);
        foreach (var character in text.AsSpan(prefix.Length + 1))
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0) return null;
            groups.Add((byte)value);
        }

        return groups.Count >= ChecksumLength && HasChecksum(prefix, groups) ? ToBytes(groups[..^ChecksumLength]) : null;
    }

    private static bool HasChecksum(string prefix, List<byte> groups)
    {
        var sum = 1u;
        foreach (var character in prefix) sum = Step(sum, (uint)character >> 5);
        sum = Step(sum, 0);
        foreach (var character in prefix) sum = Step(sum, (uint)character & 31);
        foreach (var group in groups) sum = Step(sum, group);
        return sum == 1;
    }

    private static uint Step(uint sum, uint value)
    {
        var top = sum >> 25;
        sum = ((sum & 0x1ff_ffff) << 5) ^ value;
        for (var bit = 0; bit < Generator.Length; bit++)
        {
            if (((top >> bit) & 1) != 0) sum ^= Generator[bit];
        }

        return sum;
    }

    /// <summary>Null if bits are left over that are not zero, or a whole group of them.</summary>
    private static byte[]? ToBytes(List<byte> groups)
    {
        var bytes = new List<byte>(groups.Count);
        var (buffer, bits) = (0u, 0);
        foreach (var group in groups)
        {
            buffer = ((buffer << 5) | group) & 0xfff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return bits < 5 && (buffer & ((1u << bits) - 1)) == 0 ? [.. bytes] : null;
    }
}
