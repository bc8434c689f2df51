using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Receipts;

/// <summary>
/// A signed receipt for a run of consecutive entries of one block (docs/PROTOCOL.md section 8), in place: header of the block, state
/// root, signature, leaves of the run, and the siblings that lead from them to the entries root.
/// </summary>
public readonly ref struct Receipt
{
    /// <summary>Bytes in front of the leaves.</summary>
    public const int FixedSize = 224;

    /// <summary>The longest receipt in bytes.</summary>
    public const int MaxSize = FixedSize + ((BlockLimits.MaxEntries + EntriesTree.MaxSiblings) * Bytes32.Size);

    private const ushort Version = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private Receipt(ReadOnlySpan<byte> bytes, BlockHeader header)
    {
        _bytes = bytes;
        Header = header;
    }

    /// <summary>Header of the block.</summary>
    public BlockHeader Header { get; }

    /// <summary>Index of the run's first entry in its block.</summary>
    public int First => BinaryPrimitives.ReadInt32LittleEndian(_bytes[4..]);

    /// <summary>Entries in the run.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(_bytes[8..]);

    /// <summary>State root after the block.</summary>
    public Bytes32 StateRoot => new(_bytes.Slice(128, Bytes32.Size));

    /// <summary>The enclave's signature of the block statement.</summary>
    public ReadOnlySpan<byte> Signature => _bytes.Slice(160, BlockStatement.SignatureSize);

    /// <summary>Hashes of the run's entries, in order.</summary>
    public ReadOnlySpan<Bytes32> Leaves => MemoryMarshal.Cast<byte, Bytes32>(_bytes.Slice(FixedSize, Count * Bytes32.Size));

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes;

    private ReadOnlySpan<Bytes32> Siblings => MemoryMarshal.Cast<byte, Bytes32>(_bytes[(FixedSize + (Count * Bytes32.Size))..]);

    /// <summary>Reads the first of one or more receipts that stand one behind the other.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="receipt">The first receipt.</param>
    /// <param name="rest">What stands behind it.</param>
    /// <returns>False if there is no whole and well-formed receipt at the start.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out Receipt receipt, out ReadOnlySpan<byte> rest)
    {
        receipt = default;
        rest = default;
        if (source.Length < FixedSize || BinaryPrimitives.ReadUInt16LittleEndian(source) != Version) return false;
        int siblings = BinaryPrimitives.ReadUInt16LittleEndian(source[2..]);
        var first = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]);
        if (count is 0 or > BlockLimits.MaxEntries || first > BlockLimits.MaxEntries - count) return false;
        if (siblings > EntriesTree.MaxSiblings) return false;
        if (length != FixedSize + ((count + siblings) * Bytes32.Size) || length > source.Length) return false;
        if (!BlockHeader.TryRead(source[16..], out var header) || first + count > header.EntryCount) return false;
        receipt = new Receipt(source[..(int)length], header);
        rest = source[(int)length..];
        return true;
    }

    /// <summary>Builds a receipt.</summary>
    /// <param name="header">Header of the block.</param>
    /// <param name="tree">Tree over the block's entries.</param>
    /// <param name="first">Index of the run's first entry.</param>
    /// <param name="count">Entries in the run.</param>
    /// <param name="stateRoot">State root after the block.</param>
    /// <param name="signature">The enclave's signature of the block statement, 64 bytes.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Build(
        in BlockHeader header, EntriesTree tree, int first, int count, in Bytes32 stateRoot, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, BlockStatement.SignatureSize);
        Span<Bytes32> siblings = stackalloc Bytes32[EntriesTree.MaxSiblings];
        siblings = siblings[..tree.ProveRun(first, count, siblings)];

        var bytes = new byte[FixedSize + ((count + siblings.Length) * Bytes32.Size)];
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteUInt16LittleEndian(span, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], (ushort)siblings.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], first);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], count);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], bytes.Length);
        header.Write(span[16..]);
        stateRoot.CopyTo(span[128..]);
        signature.CopyTo(span[160..]);
        MemoryMarshal.AsBytes(tree.Leaves.Slice(first, count)).CopyTo(span[FixedSize..]);
        MemoryMarshal.AsBytes((ReadOnlySpan<Bytes32>)siblings).CopyTo(span[(FixedSize + (count * Bytes32.Size))..]);
        return bytes;
    }

    /// <summary>Checks the proof and the signature, but not whose entries the leaves are.</summary>
    /// <param name="venueId">The venue.</param>
    /// <param name="signingKey">The enclave's Ed25519 public key, from evidence.</param>
    /// <returns>What is wrong.</returns>
    public ReceiptFault Verify(in Bytes32 venueId, in Bytes32 signingKey)
    {
        if (!EntriesRoot.VerifyRun(Header.EntriesRoot, (int)Header.EntryCount, First, Leaves, Siblings)) return ReceiptFault.WrongRoot;
        var statement = new BlockStatement(venueId, Header.Number, Header.ComputeHead(), StateRoot);
        return statement.Verify(signingKey, Signature) ? ReceiptFault.None : ReceiptFault.BadSignature;
    }

    /// <summary>Checks everything: that the entries are the envelopes sent, in their order, the proof, and the signature.</summary>
    /// <param name="venueId">The venue.</param>
    /// <param name="signingKey">The enclave's Ed25519 public key, from evidence.</param>
    /// <param name="envelopes">The envelopes sent, one behind the other.</param>
    /// <returns>What is wrong.</returns>
    public ReceiptFault Verify(in Bytes32 venueId, in Bytes32 signingKey, ReadOnlySpan<byte> envelopes)
    {
        var rest = envelopes;
        foreach (ref readonly var leaf in Leaves)
        {
            if (!EnvelopeHeader.TryTake(ref rest, out _, out var envelope)) return ReceiptFault.WrongCount;
            if (BlockHash.OfEntry(EntryKind.Envelope, envelope) != leaf) return ReceiptFault.WrongEnvelope;
        }

        return rest.IsEmpty ? Verify(venueId, signingKey) : ReceiptFault.WrongCount;
    }
}
