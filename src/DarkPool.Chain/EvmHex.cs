using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace DarkPool.Chain;

/// <summary>
/// The hexadecimal forms of the Ethereum JSON-RPC: data as <c>0x</c> and digit pairs, quantities as <c>0x</c> without leading zeros.
/// </summary>
public static class EvmHex
{
    /// <summary>Bytes as <c>0x</c> and lower-case digit pairs.</summary>
    public static string Encode(ReadOnlySpan<byte> data) => "0x" + Convert.ToHexStringLower(data);

    /// <summary>A quantity as the JSON-RPC wants it: zero is <c>0x0</c>.</summary>
    public static string EncodeQuantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads <c>0x</c> and digit pairs of either case.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || (text.Length & 1) != 0) return false;
        var bytes = new byte[(text.Length - 2) / 2];
        if (Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        data = bytes;
        return true;
    }

    /// <summary>Reads <c>0x</c> and digit pairs.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static byte[] Decode(string? text) =>
        TryDecode(text, out var data) ? data : throw new FormatException("Not 0x and pairs of hexadecimal digits");

    /// <summary>Reads a quantity that fits 64 bits.</summary>
    /// <exception cref="FormatException">Not a quantity, or too large.</exception>
    public static ulong DecodeQuantity(string? text)
    {
        var value = DecodeBigQuantity(text);
        return value <= ulong.MaxValue ? (ulong)value : throw new FormatException($"Quantity above 64 bits: {text}");
    }

    /// <summary>Reads a quantity of any size.</summary>
    /// <exception cref="FormatException">Not a quantity.</exception>
    public static BigInteger DecodeBigQuantity(string? text)
    {
        if (text is null || text.Length < 3 || !text.StartsWith("0x", StringComparison.Ordinal)
            || !BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw new FormatException("Not a quantity of the JSON-RPC");
        }

        return value;
    }
}
