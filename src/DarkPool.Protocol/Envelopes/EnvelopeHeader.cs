using System.Buffers.Binary;
using DarkPool.Protocol.Hpke;

namespace DarkPool.Protocol.Envelopes;

/// <summary>The first 24 bytes of an envelope, in the clear and authenticated (docs/PROTOCOL.md section 3.1).</summary>
/// <param name="Kind">Command or hello.</param>
/// <param name="SizeClass">How long the whole envelope is.</param>
/// <param name="Suite">The AEAD.</param>
/// <param name="KeyEpoch">Key epoch under which the session was or is opened.</param>
/// <param name="Session">Number of the session; 0 in a hello.</param>
/// <param name="Sequence">Sequence in the session, from 1; 0 in a hello.</param>
public readonly record struct EnvelopeHeader(
    EnvelopeKind Kind, SizeClass SizeClass, HpkeSuite Suite, uint KeyEpoch, ulong Session, ulong Sequence)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 24;

    /// <summary>The version that this code reads and writes.</summary>
    public const byte Version = 1;

    /// <summary>Reads the header of an envelope.</summary>
    /// <param name="source">At least the header; how long the whole envelope must be, <see cref="TotalSize"/> says.</param>
    /// <param name="header">The header.</param>
    /// <returns>
    /// False for an unknown version, kind, size class or suite, for a hello that is not small or has a session or a sequence, and for a
    /// command that has none.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out EnvelopeHeader header)
    {
        header = default;
        if (source.Length < Size || source[0] != Version) return false;
        var kind = (EnvelopeKind)source[1];
        var sizeClass = (SizeClass)source[2];
        var suite = (HpkeSuite)source[3];
        if (kind is not (EnvelopeKind.Command or EnvelopeKind.Hello)) return false;
        if (sizeClass is not (SizeClass.Small or SizeClass.Large)) return false;
        if (suite is not (HpkeSuite.Aes256Gcm or HpkeSuite.ChaCha20Poly1305)) return false;

        var session = BinaryPrimitives.ReadUInt64LittleEndian(source[8..]);
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(source[16..]);
        var wellFormed = kind == EnvelopeKind.Hello
            ? (session | sequence) == 0 && sizeClass == SizeClass.Small
            : session != 0 && sequence != 0;
        if (!wellFormed) return false;
        header = ReadAccepted(source);
        return true;
    }

    /// <summary>Reads a header that <see cref="TryRead"/> has accepted before.</summary>
    /// <param name="source">At least the header.</param>
    /// <returns>The header.</returns>
    public static EnvelopeHeader ReadAccepted(ReadOnlySpan<byte> source) => new(
        (EnvelopeKind)source[1],
        (SizeClass)source[2],
        (HpkeSuite)source[3],
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[16..]));

    /// <summary>Takes the first of one or more envelopes that stand one behind the other.</summary>
    /// <param name="source">The bytes; becomes what stands behind the first envelope.</param>
    /// <param name="header">The first one's header.</param>
    /// <param name="envelope">The first one, whole.</param>
    /// <returns>False if there is no whole and well-formed envelope at the start.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> source, out EnvelopeHeader header, out ReadOnlySpan<byte> envelope)
    {
        envelope = default;
        if (!TryRead(source, out header) || source.Length < header.TotalSize) return false;
        envelope = source[..header.TotalSize];
        source = source[header.TotalSize..];
        return true;
    }

    /// <summary>The size of the whole envelope in bytes.</summary>
    public int TotalSize => EnvelopeLimits.SizeOf(SizeClass);

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Kind;
        destination[2] = (byte)SizeClass;
        destination[3] = (byte)Suite;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], KeyEpoch);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Session);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Sequence);
    }
}
