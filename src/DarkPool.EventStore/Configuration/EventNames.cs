using DarkPool.EventStore.Facts;

namespace DarkPool.EventStore.Configuration;

/// <summary>
/// The name under which each event type is stored. Append-only: a name is never changed or used again, for as long as any log holds one
/// of its events. A changed event is a new name, and the old one is still read.
/// </summary>
internal static class EventNames
{
    public const string BlockAppended = "block_appended";
    public const string BlockExecuted = "block_executed";
    public const string SnapshotSealed = "snapshot_sealed";
    public const string SequencerEpochStarted = "sequencer_epoch_started";
    public const string SettlementBatchClosed = "settlement_batch_closed";
    public const string SettlementSubmitted = "settlement_submitted";
    public const string SettlementConfirmed = "settlement_confirmed";
    public const string SettlementReorged = "settlement_reorged";
    public const string ReservesPublished = "reserves_published";
    public const string LiquidationsPublished = "liquidations_published";

    /// <summary>Every event type of this version and its name.</summary>
    public static readonly IReadOnlyDictionary<Type, string> All = new Dictionary<Type, string>
    {
        [typeof(BlockAppended)] = BlockAppended,
        [typeof(BlockExecuted)] = BlockExecuted,
        [typeof(SnapshotSealed)] = SnapshotSealed,
        [typeof(SequencerEpochStarted)] = SequencerEpochStarted,
        [typeof(SettlementBatchClosed)] = SettlementBatchClosed,
        [typeof(SettlementSubmitted)] = SettlementSubmitted,
        [typeof(SettlementConfirmed)] = SettlementConfirmed,
        [typeof(SettlementReorged)] = SettlementReorged,
        [typeof(ReservesPublished)] = ReservesPublished,
        [typeof(LiquidationsPublished)] = LiquidationsPublished,
        [typeof(EvidenceVerified)] = "evidence_verified",
        [typeof(EnclaveRegistered)] = "enclave_registered",
        [typeof(KeyEpochStarted)] = "key_epoch_started",
        [typeof(DepositSeen)] = "deposit_seen",
        [typeof(DepositFinal)] = "deposit_final",
        [typeof(PriceObserved)] = "price_observed",
        [typeof(AssetListed)] = "asset_listed",
        [typeof(MarketListed)] = "market_listed",
        [typeof(PriceSourceSet)] = "price_source_set",
        [typeof(SettlementIntervalSet)] = "settlement_interval_set",
        [typeof(GovernanceApplied)] = "governance_applied",
    };

    /// <summary>How the type is written beside the name in <c>mt_dotnet_type</c>, as Marten does.</summary>
    public static string DotNetTypeName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
