using System.Buffers;

namespace DarkPool.Protocol.Identity;

/// <summary>Hex digits of a fixed number of bytes, as people and JSON write them.</summary>
internal static class HexText
{
    /// <summary>Reads exactly as many bytes as the destination holds; a leading <c>0x</c> is allowed.</summary>
    public static bool TryRead(ReadOnlySpan<char> hex, Span<byte> destination)
    {
        if (hex.StartsWith("0x", StringComparison.Ordinal)) hex = hex[2..];
        return hex.Length == destination.Length * 2
            && Convert.FromHexString(hex, destination, out _, out _) == OperationStatus.Done;
    }
}
