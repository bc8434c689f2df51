using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>Counters of the enclave since its start; public, for they follow from the log and the link alone.</summary>
/// <param name="State">0 waits for Restore, 1 replays, 2 live.</param>
/// <param name="ExecutedBlock">Number of the last executed block.</param>
/// <param name="CommittedBlock">Number of the last committed block.</param>
/// <param name="Envelopes">Sealed envelopes seen.</param>
/// <param name="Dropped">Envelopes dropped: unknown session, or a hello that does not open.</param>
/// <param name="Sessions">Sessions in the table, those closed but still readable included.</param>
/// <param name="Streams">Report streams attached.</param>
/// <param name="KeyEpoch">The newest key epoch.</param>
/// <param name="DepositId">The last deposit of the vault that the log holds.</param>
public sealed record EnclaveStatus(
    byte State,
    ulong ExecutedBlock,
    ulong CommittedBlock,
    ulong Envelopes,
    ulong Dropped,
    uint Sessions,
    uint Streams,
    uint KeyEpoch,
    ulong DepositId)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Byte(State);
        writer.UInt64(ExecutedBlock);
        writer.UInt64(CommittedBlock);
        writer.UInt64(Envelopes);
        writer.UInt64(Dropped);
        writer.UInt32(Sessions);
        writer.UInt32(Streams);
        writer.UInt32(KeyEpoch);
        writer.UInt64(DepositId);
    }

    internal static EnclaveStatus Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var status = new EnclaveStatus(
            reader.Byte(), reader.UInt64(), reader.UInt64(), reader.UInt64(), reader.UInt64(),
            reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt64());
        reader.End();
        return status;
    }
}
