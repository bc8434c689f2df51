using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DarkPool.Protocol.Identity;

/// <summary>A 20-byte address of an account or a contract on an EVM chain.</summary>
public readonly struct EvmAddress : IEquatable<EvmAddress>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 20;

    private readonly Storage _bytes;

    /// <summary>Copies exactly 20 bytes.</summary>
    /// <param name="source">20 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public EvmAddress(ReadOnlySpan<byte> source)
    {
        if (source.Length != Size) throw new ArgumentException("Exactly 20 bytes are needed.", nameof(source));
        source.CopyTo(_bytes);
    }

    /// <summary>The bytes, in place.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => !Span.ContainsAnyExcept((byte)0);

    /// <summary>Reads 40 hex digits of either case (a checksum in the case is not checked), with or without a leading <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="value">The address, or zeros.</param>
    /// <returns>Whether the text was exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out EvmAddress value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!HexText.TryRead(hex, bytes)) return false;
        value = new EvmAddress(bytes);
        return true;
    }

    /// <summary>Writes the bytes to the start of a span.</summary>
    /// <param name="destination">At least 20 bytes.</param>
    public void CopyTo(Span<byte> destination) => Span.CopyTo(destination);

    /// <inheritdoc/>
    public bool Equals(EvmAddress other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EvmAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary><c>0x</c> and 40 lower-case hex digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => "0x" + Convert.ToHexStringLower(Span);

    /// <summary>Equality of all bytes.</summary>
    public static bool operator ==(EvmAddress left, EvmAddress right) => left.Equals(right);

    /// <summary>Inequality of any byte.</summary>
    public static bool operator !=(EvmAddress left, EvmAddress right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Storage
    {
        private byte _first;
    }
}
