using System.Buffers;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Shard;
using DarkPool.Engine;

namespace DarkPool.Enclave.Snapshots;

/// <summary>
/// The state of a shard as bytes, and back. Two shards that executed the same log write the same bytes, restored on the way or not.
/// <c>u32 version ‖ block, time, head ‖ anchors ‖ hellos ‖ sessions by ascending number ‖ the venue</c>.
/// </summary>
internal static class ShardSnapshot
{
    private const uint Version = 1;
    private const int AnchorBytes = 40;
    private const int HelloBytes = 16;

    public static void Write(ShardState state, IBufferWriter<byte> output)
    {
        var writer = new StateWriter(output);
        writer.UInt32(Version);
        writer.UInt64(state.Position.Block);
        writer.UInt64((ulong)state.Position.Time);
        writer.Bytes32(state.Position.Head);
        writer.UInt32((uint)state.Anchors.Count);
        foreach (var (block, head) in state.Anchors.InOrder())
        {
            writer.UInt64(block);
            writer.Bytes32(head);
        }

        writer.UInt32((uint)state.Hellos.Count);
        foreach (var hello in state.Hellos.InOrder()) writer.UInt128(hello);
        var sessions = state.Sessions.InOrder();
        writer.UInt32((uint)sessions.Length);
        foreach (var session in sessions) SessionSnapshot.Write(writer, session);
        state.Venue.WriteSnapshot(output);
    }

    /// <exception cref="InvalidDataException">The bytes are of another version.</exception>
    public static ShardState Read(ReadOnlySpan<byte> bytes, ulong hashSeed)
    {
        var reader = new StateReader(bytes);
        if (reader.UInt32() != Version) throw new InvalidDataException("The snapshot is of another version.");
        var position = new LogPosition(reader.UInt64(), (long)reader.UInt64(), reader.Bytes32());
        var anchors = new KeyValuePair<ulong, Protocol.Identity.Bytes32>[reader.Count(AnchorBytes)];
        for (var i = 0; i < anchors.Length; i++) anchors[i] = KeyValuePair.Create(reader.UInt64(), reader.Bytes32());
        var hellos = new UInt128[reader.Count(HelloBytes)];
        for (var i = 0; i < hellos.Length; i++) hellos[i] = reader.UInt128();

        // Sessions stand before the venue but need it to be put in place: they are read again from here.
        var atSessions = reader;
        SkipSessions(ref reader);
        var state = new ShardState(Venue.ReadSnapshot(reader.Rest(), hashSeed), position);
        foreach (var (block, head) in anchors) state.Anchors.Add(block, head);
        foreach (var hello in hellos) state.Hellos.TryAdd(hello);
        for (var left = atSessions.Count(SessionSnapshot.LeastBytes); left > 0; left--) SessionSnapshot.Read(ref atSessions, state);
        return state;
    }

    private static void SkipSessions(ref StateReader reader)
    {
        var count = reader.Count(SessionSnapshot.LeastBytes);
        if (count > SessionLimits.MaxSessions) throw new InvalidDataException("The snapshot has more sessions than a table.");
        for (; count > 0; count--)
        {
            reader.Bytes(SessionSnapshot.LeastBytes - sizeof(uint));
            reader.Bytes((int)reader.UInt32());
        }
    }
}
