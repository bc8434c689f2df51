using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>The 112 bytes in front of every block (docs/PROTOCOL.md section 7).</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="EntryCount">Number of entries, at most <see cref="BlockLimits.MaxEntries"/>.</param>
/// <param name="Number">Number of the block, from 1.</param>
/// <param name="Time">Microseconds since 1970; never less than the predecessor's.</param>
/// <param name="PreviousHead">Head of the predecessor.</param>
/// <param name="EntriesRoot">Merkle root of the entries.</param>
/// <param name="BodyLength">Bytes of all entries, at most <see cref="BlockLimits.MaxBodyBytes"/>.</param>
/// <param name="SequencerEpoch">The fence under which the block was appended.</param>
public readonly record struct BlockHeader(
    uint Shard, uint EntryCount, ulong Number, long Time, Bytes32 PreviousHead, Bytes32 EntriesRoot, uint BodyLength, ulong SequencerEpoch)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 112;

    private const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "DPB1"u8;

    /// <summary>Reads the header at the start of a block.</summary>
    /// <param name="source">At least <see cref="Size"/> bytes.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if it is too short, of another version, out of bounds, or a reserved byte is set.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out BlockHeader header)
    {
        header = default;
        if (source.Length < Size || !source.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt16LittleEndian(source[4..]) != Version) return false;
        if (BinaryPrimitives.ReadUInt16LittleEndian(source[6..]) != 0) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[100..]) != 0) return false;
        var read = new BlockHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            new Bytes32(source.Slice(32, Bytes32.Size)),
            new Bytes32(source.Slice(64, Bytes32.Size)),
            BinaryPrimitives.ReadUInt32LittleEndian(source[96..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[104..]));
        if (read.EntryCount > BlockLimits.MaxEntries || read.BodyLength > BlockLimits.MaxBodyBytes || read.Number == 0) return false;
        header = read;
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Shard);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], EntryCount);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], Time);
        PreviousHead.CopyTo(destination[32..]);
        EntriesRoot.CopyTo(destination[64..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[96..], BodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[100..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[104..], SequencerEpoch);
    }

    /// <summary>The head of the log after this block: the hash of the header.</summary>
    /// <returns>SHA-256 of the 112 bytes.</returns>
    public Bytes32 ComputeHead()
    {
        Span<byte> header = stackalloc byte[Size];
        Write(header);
        return BlockHash.OfHeader(header);
    }
}
