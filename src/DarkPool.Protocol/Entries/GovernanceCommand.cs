using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Entries;

/// <summary>A change of the venue's rules, signed by a threshold of the governance keys (docs/PROTOCOL.md section 7).</summary>
/// <param name="Type">What it changes; an unknown type is kept, for the engine to refuse.</param>
/// <param name="Sequence">Number of the command, from 1 without gaps.</param>
/// <param name="Body">The body that the type asks for.</param>
public sealed record GovernanceCommand(GovernanceType Type, ulong Sequence, ReadOnlyMemory<byte> Body)
{
    /// <summary>The longest body: twenty times the longest of this version.</summary>
    public const int MaxBodyLength = 2048;

    private const ushort Version = 1;
    private const int FixedSize = 16;
    private const int SignatureSize = Bytes32.Size + Ed25519Signature.Size;

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/governance"u8;

    /// <summary>Encodes the command and signs it with each of the keys.</summary>
    /// <param name="venueId">The venue.</param>
    /// <param name="signers">Ed25519 keys, in any order.</param>
    /// <returns>The data of an entry of kind <see cref="Blocks.EntryKind.Governance"/>.</returns>
    public byte[] Sign(in Bytes32 venueId, params IReadOnlyCollection<Key> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        var venue = venueId;
        return Assemble(signers.Select(key => KeyValuePair.Create(Ed25519Signature.PublicKeyOf(key), SignOne(key, venue))));
    }

    /// <summary>One signature, for signers who do not sit at one table; <see cref="Assemble"/> brings them together.</summary>
    /// <param name="key">An Ed25519 key.</param>
    /// <param name="venueId">The venue.</param>
    /// <returns>64 bytes.</returns>
    public byte[] SignOne(Key key, in Bytes32 venueId)
    {
        var signature = new byte[Ed25519Signature.Size];
        DomainSignature.Sign(key, Domain, venueId, SignedPart(), signature);
        return signature;
    }

    /// <summary>Encodes the command with signatures made before.</summary>
    /// <param name="signatures">Public keys and their signatures, in any order.</param>
    /// <returns>The data of an entry.</returns>
    /// <exception cref="InvalidOperationException">The body is longer than <see cref="MaxBodyLength"/>.</exception>
    public byte[] Assemble(IEnumerable<KeyValuePair<Bytes32, byte[]>> signatures)
    {
        if (Body.Length > MaxBodyLength) throw new InvalidOperationException($"A governance body has at most {MaxBodyLength} bytes.");
        var ordered = signatures.OrderBy(signature => signature.Key).ToArray();
        var bytes = new byte[FixedSize + Body.Length + (ordered.Length * SignatureSize)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), (ushort)Body.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)ordered.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), Sequence);
        Body.Span.CopyTo(bytes.AsSpan(FixedSize));
        var at = FixedSize + Body.Length;
        foreach (var (key, signature) in ordered)
        {
            key.CopyTo(bytes.AsSpan(at));
            signature.CopyTo(bytes.AsSpan(at + Bytes32.Size));
            at += SignatureSize;
        }

        return bytes;
    }

    /// <summary>Reads a command without checking its signatures.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="command">The command, or null.</param>
    /// <returns>Whether the form is right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> entry, [NotNullWhen(true)] out GovernanceCommand? command)
    {
        command = null;
        if (entry.Length < FixedSize || BinaryPrimitives.ReadUInt16LittleEndian(entry) != Version) return false;
        int bodyLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]);
        if (bodyLength > MaxBodyLength || count > Genesis.MaxGovernanceKeys) return false;
        if (entry.Length != FixedSize + bodyLength + (count * SignatureSize)) return false;
        command = new GovernanceCommand(
            (GovernanceType)BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]),
            BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
            entry.Slice(FixedSize, bodyLength).ToArray());
        return true;
    }

    /// <summary>Reads a command and checks that governance gave it.</summary>
    /// <param name="entry">Data of the entry.</param>
    /// <param name="genesis">The venue: its id, its governance keys and their threshold.</param>
    /// <param name="command">The command, or null.</param>
    /// <returns>
    /// Whether the form is right, the keys ascend, every one of them governs and signed exactly this, and they reach the threshold.
    /// </returns>
    public static bool TryVerify(ReadOnlySpan<byte> entry, Genesis genesis, [NotNullWhen(true)] out GovernanceCommand? command)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        if (!TryRead(entry, out command)) return false;
        if (command.IsSignedBy(genesis, entry[(FixedSize + command.Body.Length)..])) return true;
        command = null;
        return false;
    }

    private bool IsSignedBy(Genesis genesis, ReadOnlySpan<byte> signatures)
    {
        if (signatures.Length / SignatureSize < genesis.GovernanceThreshold) return false;
        var signed = SignedPart();
        Bytes32? previous = null;
        for (; !signatures.IsEmpty; signatures = signatures[SignatureSize..])
        {
            var key = new Bytes32(signatures[..Bytes32.Size]);
            if (previous >= key || !genesis.IsGovernanceKey(key)) return false;
            if (!DomainSignature.Verify(key, Domain, genesis.VenueId, signed, signatures[Bytes32.Size..SignatureSize])) return false;
            previous = key;
        }

        return true;
    }

    /// <summary><c>u16 type ‖ u64 sequence ‖ body</c>.</summary>
    private byte[] SignedPart()
    {
        var bytes = new byte[10 + Body.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(2), Sequence);
        Body.Span.CopyTo(bytes.AsSpan(10));
        return bytes;
    }
}
