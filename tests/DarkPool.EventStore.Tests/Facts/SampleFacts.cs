using DarkPool.EventStore.Facts;

namespace DarkPool.EventStore.Tests.Facts;

/// <summary>One event of every JSON type, with every member set to something that can be told from its default.</summary>
internal static class SampleFacts
{
    private static readonly GovernancePosition At = new(4, 17, 2);

    public static IReadOnlyList<object> All { get; } =
    [
        new SequencerEpochStarted(3, 9, "host-a, process 41", 1_000, 1_767_225_600_000_000),
        Executed(),
        new SnapshotSealed
        {
            Id = new Guid("01900000-0000-7000-8000-000000000001"),
            Block = 42,
            Head = Bytes(32, 1),
            Length = 1_500_000,
            Chunks = 2,
            Hash = Bytes(32, 2),
        },
        Closed(),
        new SettlementSubmitted(12, Bytes(32, 3), 77, 1_767_225_600_000_001),
        new SettlementConfirmed(12, Bytes(32, 3), 900, Bytes(32, 4), 1_767_225_600_000_002),
        new SettlementReorged(12, Bytes(32, 3), 900, 1_767_225_600_000_003),
        new EvidenceVerified("simulated", Bytes(32, 5), Bytes(32, 6), Bytes(32, 7), 1_767_225_600_000_004),
        new EnclaveRegistered(Bytes(20, 8), Bytes(32, 6), Bytes(32, 9), 1_767_225_600_000_005),
        new KeyEpochStarted(2, Bytes(32, 10), Bytes(60, 11), 5, 1_767_225_600_000_006),
        new DepositSeen(6, Bytes(20, 12), UInt128.MaxValue, 901, Bytes(32, 13), 14, 1_767_225_600_000_007),
        new DepositFinal(6, 18, 3),
        new PriceObserved(1, 55, 1_767_225_600_000_008, -250, Bytes(32, 14), Bytes(64, 15), 19, 4),
        new AssetListed(At, 1, Bytes(20, 16), 18, "DPT"),
        new MarketListed(At, 2, 1, 3, 1, 1_000_000_000_000_000_000, 10_000_000_000_000_000, 5_000_000, "GOOG/USD"),
        new PriceSourceSet(At, 1, true, Bytes(32, 17)),
        new SettlementIntervalSet(At, 2_000_000),
        new GovernanceApplied(At, 5),
        new ReservesPublished(44, 1_767_225_600_000_009, Bytes(88, 25)),
        new LiquidationsPublished(5, 2, 45, 1_767_225_600_000_010, Bytes(96, 26)),
    ];

    public static BlockExecuted Executed() => new()
    {
        Number = 43,
        Time = 1_767_225_600_000_000,
        Head = Bytes(32, 18),
        StateRoot = Bytes(32, 19),
        Entries = 1_000,
        Dropped = 7,
        Opened = [new OpenedSession(0, 1), new OpenedSession(9, 3)],
        Closed = [65_536, 131_075],
        Refused = [new RefusedEntry(5, 2)],
        Signature = Bytes(64, 20),
        Settlement = 12,
    };

    public static SettlementBatchClosed Closed(ulong sequence = 12) => new()
    {
        Sequence = sequence,
        FirstBlock = 30,
        LastBlock = 43,
        Time = 1_767_225_600_000_000,
        PreviousRoot = Bytes(32, 21),
        StateRoot = Bytes(32, 19),
        EntitlementRoot = Bytes(32, 22),
        LogHead = Bytes(32, 18),
        Markets = [new SettledMarket(2, 3, 15_000, 1_200, UInt128.MaxValue)],
        Batch = Bytes(216, 23),
        Signature = Bytes(65, 24),
    };

    public static byte[] Bytes(int length, byte first) => [.. Enumerable.Range(first, length).Select(value => (byte)value)];
}
