using System.Buffers.Binary;

namespace DarkPool.Protocol.Link;

/// <summary>A request to restore, after its snapshot parts.</summary>
/// <param name="SnapshotLength">Bytes sent in parts before; 0: start from genesis.</param>
/// <param name="SealedKeys">Sealed key epochs as stored; empty: none exist yet.</param>
public readonly record struct RestoreRequest(ulong SnapshotLength, byte[] SealedKeys)
{
    /// <summary>Decodes.</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static RestoreRequest Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var request = new RestoreRequest(reader.UInt64(), reader.Sized(LinkLimits.MaxSealedKeys).ToArray());
        reader.End();
        return request;
    }

    internal byte[] Encode()
    {
        var bytes = new byte[12 + SealedKeys.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, SnapshotLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)SealedKeys.Length);
        SealedKeys.CopyTo(bytes, 12);
        return bytes;
    }
}

/// <summary>A request to execute a block: <c>u8 flags ‖ block</c>.</summary>
public static class ExecuteRequest
{
    /// <summary>The block is in the log already: trust its time, commit at once.</summary>
    public const byte ReplayFlag = 1;

    /// <summary>Splits the payload into the replay flag and the block.</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static Memory<byte> Read(Memory<byte> payload, out bool replay)
    {
        var reader = new PayloadReader(payload.Span);
        byte flags = reader.Byte();
        if (flags > ReplayFlag) throw new LinkException(LinkErrorCode.MalformedMessage, "Unknown flags of Execute.");
        replay = flags == ReplayFlag;
        return payload[1..];
    }
}

/// <summary>A request to attach a report stream: <c>u64 session ‖ token[56]</c>.</summary>
public static class AttachRequest
{
    /// <summary>Bytes of an attach token (docs/PROTOCOL.md, 6).</summary>
    public const int TokenLength = 56;

    /// <summary>Splits the payload.</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static ulong Read(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> token)
    {
        var reader = new PayloadReader(payload);
        ulong session = reader.UInt64();
        token = reader.Bytes(TokenLength);
        reader.End();
        return session;
    }
}

/// <summary>The payloads that are a single number.</summary>
public static class NumberPayload
{
    /// <summary>Decodes a u64 (Commit, Executed).</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static ulong ReadUInt64(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        ulong value = reader.UInt64();
        reader.End();
        return value;
    }

    /// <summary>Decodes a u32 (Detach).</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static uint ReadUInt32(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        uint value = reader.UInt32();
        reader.End();
        return value;
    }

    /// <summary>Decodes a u8 (Draw).</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static byte ReadByte(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        byte value = reader.Byte();
        reader.End();
        return value;
    }

    internal static byte[] Encode(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    internal static byte[] Encode(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
