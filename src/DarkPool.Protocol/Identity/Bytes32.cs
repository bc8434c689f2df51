using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DarkPool.Protocol.Identity;

/// <summary>32 bytes by value: a SHA-256 hash, an X25519 or an Ed25519 public key. Ordered as bytes, first byte first.</summary>
public readonly struct Bytes32 : IEquatable<Bytes32>, IComparable<Bytes32>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    // Four words instead of an inline array: equality is four compares and a copy is one vector move.
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Copies exactly 32 bytes.</summary>
    /// <param name="source">32 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public Bytes32(ReadOnlySpan<byte> source)
    {
        if (source.Length != Size) throw new ArgumentException("Exactly 32 bytes are needed.", nameof(source));
        _a = MemoryMarshal.Read<ulong>(source);
        _b = MemoryMarshal.Read<ulong>(source[8..]);
        _c = MemoryMarshal.Read<ulong>(source[16..]);
        _d = MemoryMarshal.Read<ulong>(source[24..]);
    }

    /// <summary>The bytes, in place.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes32>(in this));

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>Reads 64 hex digits of either case, with or without a leading <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="value">The bytes, or zeros.</param>
    /// <returns>Whether the text was exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out Bytes32 value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!HexText.TryRead(hex, bytes)) return false;
        value = new Bytes32(bytes);
        return true;
    }

    /// <summary>Writes the bytes to the start of a span.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => Span.CopyTo(destination);

    /// <summary>The bytes in a new array.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <inheritdoc/>
    public int CompareTo(Bytes32 other) => Span.SequenceCompareTo(other.Span);

    /// <summary>64 lower-case hex digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Convert.ToHexStringLower(Span);

    /// <summary>Equality of all bytes; not in constant time.</summary>
    public static bool operator ==(Bytes32 left, Bytes32 right) => left.Equals(right);

    /// <summary>Inequality of any byte; not in constant time.</summary>
    public static bool operator !=(Bytes32 left, Bytes32 right) => !left.Equals(right);

    /// <summary>Byte order.</summary>
    public static bool operator <(Bytes32 left, Bytes32 right) => left.CompareTo(right) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(Bytes32 left, Bytes32 right) => left.CompareTo(right) > 0;

    /// <summary>Byte order.</summary>
    public static bool operator <=(Bytes32 left, Bytes32 right) => left.CompareTo(right) <= 0;

    /// <summary>Byte order.</summary>
    public static bool operator >=(Bytes32 left, Bytes32 right) => left.CompareTo(right) >= 0;
}
