using DarkPool.Engine.Lending;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What publication adds to a snapshot: how many liquidations were published, and those that wait. A venue without any writes nothing.
/// </summary>
internal static class PublicationSnapshot
{
    private const int Size = 1 + 4 + 4 + 8 + (3 * 16) + Digest.Size;

    private static ReadOnlySpan<byte> Name => "PUB1"u8;

    public static void Write(SnapshotWriter writer, PublicLiquidations liquidations)
    {
        if (liquidations is { Published: 0, Waiting.Count: 0 }) return;
        writer.Bytes(Name);
        writer.UInt64(liquidations.Published);
        writer.UInt32((uint)liquidations.Waiting.Count);
        foreach (var liquidation in liquidations.Waiting)
        {
            writer.Byte((byte)liquidation.Kind);
            writer.UInt32(liquidation.Place);
            writer.UInt32(liquidation.Market);
            writer.Int64(liquidation.Ticks);
            writer.UInt128(liquidation.Seized);
            writer.UInt128(liquidation.Repaid);
            writer.UInt128(liquidation.Penalty);
            writer.Digest(liquidation.Commitment);
        }
    }

    public static void Read(ref SnapshotReader reader, LendingDesk desk)
    {
        if (!reader.TryName(Name))
        {
            // Written before there was publication: what was sold until then stays unpublished.
            desk.Publication.Restore(0);
            return;
        }

        desk.Publication.Restore(reader.UInt64());
        for (var left = reader.Count(Size); left > 0; left--)
        {
            var kind = (LoanKind)reader.Byte();
            SnapshotReader.Require(kind is LoanKind.Pool or LoanKind.Isolated, "a liquidation waits that is of no kind");
            desk.Publication.Add(new PublicLiquidation(
                kind, reader.UInt32(), reader.UInt32(), reader.Int64(), reader.UInt128(), reader.UInt128(), reader.UInt128(),
                reader.Digest()));
        }
    }
}
