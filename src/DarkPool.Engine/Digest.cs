using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DarkPool.Engine;

/// <summary>A SHA-256 hash, or zeros.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    private readonly Words _words;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A digest has 32 bytes.", nameof(bytes));
        _words = MemoryMarshal.Read<Words>(bytes);
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.AsBytes<ulong>(_words).CopyTo(destination);

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray() => MemoryMarshal.AsBytes<ulong>(_words).ToArray();

    /// <inheritdoc/>
    public bool Equals(Digest other) => ((ReadOnlySpan<ulong>)_words).SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _words[0].GetHashCode();

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(MemoryMarshal.AsBytes<ulong>(_words));

    /// <summary>Whether all bytes are equal.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Whether any byte differs.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    [InlineArray(Size / sizeof(ulong))]
    private struct Words
    {
        private ulong _first;
    }
}
