using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Snapshots;

/// <summary>
/// A session in a snapshot: <c>u64 number ‖ u32 account ‖ u32 key epoch ‖ u8 rate class ‖ u8 closed ‖ u64 last sequence ‖ u64 last heard ‖
/// u64 last warned ‖ keys ‖ u64 acknowledged ‖ u32 length ‖ unacknowledged reports</c>.
/// </summary>
internal static class SessionSnapshot
{
    public const int LeastBytes = 54 + SessionKeys.ExportedSize;

    private const int LengthOffset = 10;

    public static void Write(StateWriter writer, Session session)
    {
        writer.UInt64(session.Number);
        writer.UInt32(session.Account);
        writer.UInt32(session.KeyEpoch);
        writer.Byte((byte)session.RateClass);
        writer.Byte(session.IsClosed ? (byte)1 : (byte)0);
        writer.UInt64(session.LastSequence);
        writer.UInt64(session.LastHeardBlock);
        writer.UInt64(session.LastWarnedBlock);
        Span<byte> keys = stackalloc byte[SessionKeys.ExportedSize];
        session.Keys.Export(keys);
        writer.Bytes(keys);
        CryptographicOperations.ZeroMemory(keys);
        writer.UInt64(session.Outbox.Acknowledged);
        var reports = new MemoryStream();
        session.Outbox.Visit(report => reports.Write(report));
        writer.UInt32((uint)reports.Length);
        writer.Bytes(reports.GetBuffer().AsSpan(0, (int)reports.Length));
    }

    public static void Read(ref StateReader reader, ShardState state)
    {
        var session = new Session
        {
            Number = reader.UInt64(),
            Account = reader.UInt32(),
            KeyEpoch = reader.UInt32(),
            RateClass = (RateClass)reader.Byte(),
            IsClosed = reader.Byte() == 1,
            LastSequence = reader.UInt64(),
            LastHeardBlock = reader.UInt64(),
            LastWarnedBlock = reader.UInt64(),
            Keys = SessionKeys.TryImport(reader.Bytes(SessionKeys.ExportedSize), out var keys)
                ? keys
                : throw new InvalidDataException("The snapshot holds a session of a suite that this machine does not have."),
            Outbox = new Outbox(state.Pages),
        };
        session.Outbox.StartAfter(reader.UInt64());
        for (var rest = reader.Bytes((int)reader.UInt32()); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthOffset..]);
            rest[..length].CopyTo(session.Outbox.Append(length));
            rest = rest[length..];
        }

        state.SessionDesk.Add(session);
        state.Reports.Restored(session.Outbox.Unacknowledged);
    }
}
