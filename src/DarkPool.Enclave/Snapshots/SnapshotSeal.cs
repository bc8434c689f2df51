using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Snapshots;

/// <summary>
/// A snapshot as the host keeps it: <c>"DPSS" ‖ u32 version ‖ u64 block ‖ head[32] ‖ sealed</c>. Sealed to the platform's root under a
/// key of its own; venue, block and head are associated data. The plaintext is <c>u64 length ‖ state ‖ padding</c> up to a power of two,
/// so that its length tells little
/// more than the magnitude of the state.
/// </summary>
internal static class SnapshotSeal
{
    private const int HeaderSize = 48;
    private const int LengthSize = 8;
    private const uint Version = 1;
    private const string Purpose = "darkpool/v1/snapshot";

    /// <summary>The smallest plaintext: a venue with few orders looks like an empty one.</summary>
    private const int LeastPlaintext = 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "DPSS"u8;

    /// <summary>A number that clients do not know, for the hash tables of a new or restored state.</summary>
    public static ulong NewHashSeed()
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        return BinaryPrimitives.ReadUInt64LittleEndian(seed);
    }

    public static byte[] Seal(ShardState state, Genesis genesis, PlatformSeal seal)
    {
        var plaintext = new ArrayBufferWriter<byte>(LeastPlaintext);
        plaintext.GetSpan(LengthSize)[..LengthSize].Clear();
        plaintext.Advance(LengthSize);
        ShardSnapshot.Write(state, plaintext);
        var length = plaintext.WrittenCount - LengthSize;
        var padding = (int)(BitOperations.RoundUpToPowerOf2((uint)Math.Max(plaintext.WrittenCount,
            LeastPlaintext)) - plaintext.WrittenCount);
        plaintext.GetSpan(padding)[..padding].Clear();
        plaintext.Advance(padding);
        var clear = System.Runtime.InteropServices.MemoryMarshal.AsMemory(plaintext.WrittenMemory).Span;
        BinaryPrimitives.WriteInt64LittleEndian(clear, length);

        Span<byte> header = stackalloc byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], state.Position.Block);
        state.Position.Head.CopyTo(header[16..]);
        byte[] bytes = [.. header, .. seal.Seal(Purpose, AssociatedData(genesis, header), clear)];
        CryptographicOperations.ZeroMemory(clear);
        return bytes;
    }

    /// <summary>Opens a snapshot.</summary>
    /// <exception cref="LinkException">It is not of this platform and venue, was altered, or is of another version.</exception>
    public static ShardState Open(ReadOnlySpan<byte> bytes, Genesis genesis, PlatformSeal seal)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Magic)) throw Refused("The snapshot is not one.");
        var header = bytes[..HeaderSize];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != Version) throw Refused("The snapshot is of another version.");
        var plaintext = seal.TryOpen(Purpose, AssociatedData(genesis, header), bytes[HeaderSize..])
            ?? throw Refused("The snapshot is not of this platform and venue, or it was altered.");
        try
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(plaintext);
            if (length < 0 || length > plaintext.Length - LengthSize) throw Refused("The snapshot's length is impossible.");
            return ShardSnapshot.Read(plaintext.AsSpan(LengthSize, (int)length), NewHashSeed());
        }
        catch (InvalidDataException e)
        {
            throw new LinkException(LinkErrorCode.SnapshotRefused, e.Message, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private static byte[] AssociatedData(Genesis genesis, ReadOnlySpan<byte> header) => [.. genesis.VenueId.Span, .. header];

    private static LinkException Refused(string message) => new(LinkErrorCode.SnapshotRefused, message);
}
