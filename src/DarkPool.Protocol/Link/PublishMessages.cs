using System.Buffers;
using System.Text;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Protocol.Link;

/// <summary>A settlement batch with the enclave's signature, as the event store has them.</summary>
/// <param name="Batch">The encoded batch.</param>
/// <param name="Signature">r ‖ s ‖ v, 65 bytes.</param>
public readonly record struct BatchToPublish(byte[] Batch, byte[] Signature);

/// <summary>
/// A request to send batches to the registry: <c>u64 gas limit ‖ u32 count ‖ (u32 length ‖ batch ‖ signature[65])*</c>. It names no
/// contract and no input: those the enclave makes itself, from batches that it has signed.
/// </summary>
/// <param name="GasLimit">Most gas to use.</param>
/// <param name="Batches">The next batches, in their order.</param>
public sealed record PublishRequest(ulong GasLimit, IReadOnlyList<BatchToPublish> Batches)
{
    private const int SignatureLength = 65;
    private const int MaxBatch = SettlementBatch.FixedSize + (SettlementBatch.MaxMarkets * MarketSettlement.Size);

    /// <summary>Decodes.</summary>
    /// <exception cref="LinkException">The payload is malformed.</exception>
    public static PublishRequest Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        ulong gasLimit = reader.UInt64();
        var batches = new BatchToPublish[reader.Count(sizeof(uint) + SettlementBatch.FixedSize + SignatureLength)];
        for (int i = 0; i < batches.Length; i++)
            batches[i] = new BatchToPublish(reader.Sized(MaxBatch).ToArray(), reader.Bytes(SignatureLength).ToArray());
        reader.End();
        return new PublishRequest(gasLimit, batches);
    }

    internal byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PayloadWriter(output);
        writer.UInt64(GasLimit);
        writer.UInt32((uint)Batches.Count);
        foreach (BatchToPublish batch in Batches)
        {
            writer.Sized(batch.Batch);
            writer.Bytes(batch.Signature);
        }

        return output.WrittenSpan.ToArray();
    }
}

/// <summary>What came of a publication. Append-only.</summary>
public enum PublishOutcome : byte
{
    /// <summary>The chain has executed the call.</summary>
    Recorded = 1,

    /// <summary>The chain, the platform or the enclave refused it.</summary>
    Refused = 2,

    /// <summary>The platform failed; the call may or may not have been sent.</summary>
    Unavailable = 3,

    /// <summary>This enclave's platform sends no transactions.</summary>
    NotOffered = 4,
}

/// <summary>Answer to Publish: <c>u8 outcome ‖ u32 length ‖ UTF-8 text</c>.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why not, in words; empty where it was recorded.</param>
public sealed record PublishAnswer(PublishOutcome Outcome, string Reason)
{
    private const int MaxReason = 4096;

    /// <summary>Encodes; a long reason is cut.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Byte((byte)Outcome);
        byte[] reason = Encoding.UTF8.GetBytes(Reason);
        writer.Sized(reason.AsSpan(0, Math.Min(reason.Length, MaxReason)));
    }

    internal static PublishAnswer Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var answer = new PublishAnswer((PublishOutcome)reader.Byte(), Encoding.UTF8.GetString(reader.Sized(MaxReason)));
        reader.End();
        return answer;
    }
}
