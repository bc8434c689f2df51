using DarkPool.EventStore.Facts;
using Marten.Events.Projections;

namespace DarkPool.EventStore.Projections;

/// <summary>Folds the low-rate facts of all streams into one document: not the blocks and their executions.</summary>
internal sealed partial class VenueStatusProjection : MultiStreamProjection<VenueStatus, string>
{
    public const string ProjectionName = "venue-status";

    public VenueStatusProjection()
    {
        Name = ProjectionName;
        Identity<SequencerEpochStarted>(_ => VenueStatus.TheVenue);
        Identity<KeyEpochStarted>(_ => VenueStatus.TheVenue);
        Identity<EnclaveRegistered>(_ => VenueStatus.TheVenue);
        Identity<SnapshotSealed>(_ => VenueStatus.TheVenue);
        Identity<AssetListed>(_ => VenueStatus.TheVenue);
        Identity<MarketListed>(_ => VenueStatus.TheVenue);
        Identity<PriceSourceSet>(_ => VenueStatus.TheVenue);
        Identity<SettlementIntervalSet>(_ => VenueStatus.TheVenue);
        Identity<GovernanceApplied>(_ => VenueStatus.TheVenue);
        Identity<SettlementBatchClosed>(_ => VenueStatus.TheVenue);
        Identity<SettlementConfirmed>(_ => VenueStatus.TheVenue);
        Identity<SettlementReorged>(_ => VenueStatus.TheVenue);
        Identity<DepositFinal>(_ => VenueStatus.TheVenue);
    }

    public static void Apply(SequencerEpochStarted started, VenueStatus status) => status.Sequencer = started;

    public static void Apply(KeyEpochStarted started, VenueStatus status) =>
        status.Key = new KeyEpoch(started.Epoch, Convert.ToHexStringLower(started.PublicKey));

    public static void Apply(EnclaveRegistered registered, VenueStatus status) => status.Enclave = registered;

    public static void Apply(SnapshotSealed snapshot, VenueStatus status) => status.Snapshot = snapshot;

    public static void Apply(AssetListed listed, VenueStatus status)
    {
        status.Assets[listed.Asset] = listed;
        Advance(listed.At, status);
    }

    public static void Apply(MarketListed listed, VenueStatus status)
    {
        status.Markets[listed.Market] = listed;
        Advance(listed.At, status);
    }

    public static void Apply(PriceSourceSet source, VenueStatus status)
    {
        if (source.Enabled) status.Feeds[source.Feed] = source;
        else status.Feeds.Remove(source.Feed);
        Advance(source.At, status);
    }

    public static void Apply(SettlementIntervalSet set, VenueStatus status)
    {
        status.SettlementInterval = set.Interval;
        Advance(set.At, status);
    }

    public static void Apply(GovernanceApplied applied, VenueStatus status) => Advance(applied.At, status);

    public static void Apply(SettlementBatchClosed closed, VenueStatus status) =>
        status.SettlementClosed = Math.Max(status.SettlementClosed, closed.Sequence);

    public static void Apply(SettlementConfirmed confirmed, VenueStatus status) =>
        status.SettlementConfirmed = Math.Max(status.SettlementConfirmed, confirmed.Sequence);

    public static void Apply(SettlementReorged reorged, VenueStatus status) =>
        status.SettlementConfirmed = Math.Min(status.SettlementConfirmed, checked(reorged.Sequence - 1));

    public static void Apply(DepositFinal deposit, VenueStatus status) =>
        status.LastDeposit = Math.Max(status.LastDeposit, deposit.DepositId);

    private static void Advance(GovernancePosition at, VenueStatus status) =>
        status.NextGovernanceSequence = Math.Max(status.NextGovernanceSequence, checked(at.Sequence + 1));
}
