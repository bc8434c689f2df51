using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>A session that a block opened.</summary>
/// <param name="Index">Index of its hello in the block; the session's number is <c>block * 65,536 + index</c>.</param>
/// <param name="RateClass">The rate class of its report stream (docs/PROTOCOL.md, 6).</param>
public readonly record struct SessionOpening(uint Index, byte RateClass);

/// <summary>Why a public entry (deposit, price, governance command) changed nothing. Append-only.</summary>
public enum EntryRefusalCode : byte
{
    /// <summary>Lengths, versions or reserved fields are wrong.</summary>
    Malformed = 1,

    /// <summary>A signature does not verify, or the signer is not entitled.</summary>
    WrongSignature = 2,

    /// <summary>A sequence, round or deposit id that is not the next one.</summary>
    OutOfSequence = 3,

    /// <summary>A deposit of another chain.</summary>
    WrongChain = 4,

    /// <summary>A deposit of another vault.</summary>
    WrongVault = 5,

    /// <summary>A deposit of a token that is not listed: it waits until it is.</summary>
    UnlistedToken = 6,

    /// <summary>A deposit whose amount is zero or overflows the ledger, or whose account is one too many.</summary>
    AmountOutOfRange = 7,

    /// <summary>A price of a source that is not enabled for the feed.</summary>
    UnknownSource = 8,

    /// <summary>A governance command of a type that this version does not know.</summary>
    UnknownCommand = 9,

    /// <summary>Parameters that the engine refuses; the sequence is not used up.</summary>
    InvalidParameters = 10,
}

/// <summary>A public entry that changed nothing.</summary>
/// <param name="Index">Index of the entry in the block.</param>
/// <param name="Code">The reason.</param>
public readonly record struct EntryRefusal(uint Index, EntryRefusalCode Code);

/// <summary>
/// What the host learns of an executed block. Its encoded length depends on public things only: how many sessions opened,
/// closed on request or were evicted, which public entries were refused, and whether a settlement batch or a sheet closed.
/// </summary>
public sealed record BlockExecution
{
    private const byte Version = 3;

    /// <summary>Without liquidations.</summary>
    private const byte SecondVersion = 2;

    /// <summary>Without reserves.</summary>
    private const byte FirstVersion = 1;

    /// <summary>Number of the block, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>Time of the block, microseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Hash of the block's header, 32 bytes.</summary>
    public required byte[] Head { get; init; }

    /// <summary>State root after the block, 32 bytes.</summary>
    public required byte[] StateRoot { get; init; }

    /// <summary>Entries in the block.</summary>
    public required uint Entries { get; init; }

    /// <summary>Envelopes without effect: of unknown sessions, or hellos that do not open.</summary>
    public required uint Dropped { get; init; }

    /// <summary>Sessions opened by this block, by ascending index.</summary>
    public required IReadOnlyList<SessionOpening> Opened { get; init; }

    /// <summary>
    /// Sessions closed on their client's request or evicted for room. A session closed by its account's limit is not told.
    /// </summary>
    public required IReadOnlyList<ulong> Closed { get; init; }

    /// <summary>Public entries that changed nothing, by ascending index.</summary>
    public required IReadOnlyList<EntryRefusal> Refused { get; init; }

    /// <summary>The enclave's Ed25519 signature of the block statement, 64 bytes.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>The settlement batch that closed with this block (docs/PROTOCOL.md, 9); null if none.</summary>
    public byte[]? Batch { get; init; }

    /// <summary>The enclave's secp256k1 signature (r ‖ s ‖ v, 65 bytes) of the batch's EIP-712 digest; null if no batch.</summary>
    public byte[]? BatchSignature { get; init; }

    /// <summary>The signed reserve sheet after this block (docs/PROTOCOL.md, 9.1); null if none is due.</summary>
    public byte[]? Reserves { get; init; }

    /// <summary>The signed liquidation sheet after this block (docs/PROTOCOL.md, 9.2); null if none is due.</summary>
    public byte[]? Liquidations { get; init; }

    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Byte(Version);
        writer.UInt64(Number);
        writer.Int64(Time);
        writer.Bytes(Head);
        writer.Bytes(StateRoot);
        writer.UInt32(Entries);
        writer.UInt32(Dropped);
        writer.Bytes(Signature);
        writer.UInt32((uint)Opened.Count);
        foreach (SessionOpening opening in Opened)
        {
            writer.UInt32(opening.Index);
            writer.Byte(opening.RateClass);
        }

        writer.UInt32((uint)Closed.Count);
        foreach (ulong session in Closed) writer.UInt64(session);
        writer.UInt32((uint)Refused.Count);
        foreach (EntryRefusal refusal in Refused)
        {
            writer.UInt32(refusal.Index);
            writer.Byte((byte)refusal.Code);
        }

        writer.Sized(Batch);
        writer.Sized(BatchSignature);
        writer.Sized(Reserves);
        writer.Sized(Liquidations);
    }

    /// <summary>Decodes.</summary>
    /// <exception cref="LinkException">The bytes are not an execution of this version.</exception>
    public static BlockExecution Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        byte version = reader.Byte();
        if (version is not (FirstVersion or SecondVersion or Version))
            throw new LinkException(LinkErrorCode.MalformedMessage, "Unknown version of a block execution.");
        ulong number = reader.UInt64();
        long time = reader.Int64();
        byte[] head = reader.Bytes(32).ToArray();
        byte[] root = reader.Bytes(32).ToArray();
        uint entries = reader.UInt32();
        uint dropped = reader.UInt32();
        byte[] signature = reader.Bytes(64).ToArray();
        var opened = new SessionOpening[reader.Count(5)];
        for (int i = 0; i < opened.Length; i++) opened[i] = new SessionOpening(reader.UInt32(), reader.Byte());
        var closed = new ulong[reader.Count(8)];
        for (int i = 0; i < closed.Length; i++) closed[i] = reader.UInt64();
        var refused = new EntryRefusal[reader.Count(5)];
        for (int i = 0; i < refused.Length; i++) refused[i] = new EntryRefusal(reader.UInt32(), (EntryRefusalCode)reader.Byte());
        ReadOnlySpan<byte> batch = reader.Sized(LinkLimits.MaxFrame);
        ReadOnlySpan<byte> batchSignature = reader.Sized(LinkLimits.MaxFrame);
        byte[]? batchBytes = batch.IsEmpty ? null : batch.ToArray();
        byte[]? batchSignatureBytes = batchSignature.IsEmpty ? null : batchSignature.ToArray();
        ReadOnlySpan<byte> reserves = version == FirstVersion ? [] : reader.Sized(LinkLimits.MaxFrame);
        byte[]? reserveBytes = reserves.IsEmpty ? null : reserves.ToArray();
        ReadOnlySpan<byte> liquidations = version < Version ? [] : reader.Sized(LinkLimits.MaxFrame);
        byte[]? liquidationBytes = liquidations.IsEmpty ? null : liquidations.ToArray();
        reader.End();
        return new BlockExecution
        {
            Number = number,
            Time = time,
            Head = head,
            StateRoot = root,
            Entries = entries,
            Dropped = dropped,
            Opened = opened,
            Closed = closed,
            Refused = refused,
            Signature = signature,
            Batch = batchBytes,
            BatchSignature = batchSignatureBytes,
            Reserves = reserveBytes,
            Liquidations = liquidationBytes,
        };
    }
}
