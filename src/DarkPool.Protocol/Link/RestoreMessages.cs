using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>A snapshot sealed to the enclave's platform.</summary>
/// <param name="Block">Number of the last block that it covers; 0 is the empty venue.</param>
/// <param name="Head">Head of that block, 32 bytes.</param>
/// <param name="Bytes">The sealed bytes; their length is rounded up so that it tells little of the state.</param>
public sealed record SealedSnapshot(ulong Block, byte[] Head, ReadOnlyMemory<byte> Bytes);

/// <summary>Where the enclave stands after Restore.</summary>
/// <param name="Block">Number of the last block in the state; the next Execute is the one after it.</param>
/// <param name="Head">Head of that block; the genesis head for block 0. 32 bytes.</param>
/// <param name="SealedKeys">The sealed key epochs now in force: store them before anything else, for they open the log.</param>
public sealed record Restored(ulong Block, byte[] Head, byte[] SealedKeys)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.UInt64(Block);
        writer.Bytes(Head);
        writer.Sized(SealedKeys);
    }

    internal static Restored Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var restored = new Restored(
            reader.UInt64(), reader.Bytes(32).ToArray(), reader.Sized(LinkLimits.MaxSealedKeys).ToArray());
        reader.End();
        return restored;
    }
}

/// <summary>The end of a snapshot's parts.</summary>
/// <param name="Block">Number of the last block that it covers.</param>
/// <param name="Head">Head of that block, 32 bytes.</param>
/// <param name="Length">Bytes of all parts; 0: no snapshot now, an executed block is not committed.</param>
public readonly record struct SnapshotEnd(ulong Block, byte[] Head, ulong Length)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.UInt64(Block);
        writer.Bytes(Head);
        writer.UInt64(Length);
    }

    internal static SnapshotEnd Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var end = new SnapshotEnd(reader.UInt64(), reader.Bytes(32).ToArray(), reader.UInt64());
        reader.End();
        return end;
    }
}

/// <summary>The sealed key epochs after a rotation.</summary>
/// <param name="Epoch">The newest epoch: the one that new evidence names.</param>
/// <param name="SealedKeys">All epochs, sealed; store them before evidence of the new epoch reaches a client.</param>
public sealed record KeyEpochs(uint Epoch, byte[] SealedKeys)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.UInt32(Epoch);
        writer.Sized(SealedKeys);
    }

    internal static KeyEpochs Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var epochs = new KeyEpochs(reader.UInt32(), reader.Sized(LinkLimits.MaxSealedKeys).ToArray());
        reader.End();
        return epochs;
    }
}
