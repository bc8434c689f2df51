using DarkPool.EventStore.Facts;

namespace DarkPool.EventStore.Projections;

/// <summary>What the facts say about the venue as a whole: its parameters and how far each of its long works has come.</summary>
public sealed class VenueStatus
{
    /// <summary>The only one.</summary>
    public const string TheVenue = "venue";

    /// <summary><see cref="TheVenue"/>.</summary>
    public string Id { get; set; } = TheVenue;

    /// <summary>The sequencer epoch now in force; null before the first.</summary>
    public SequencerEpochStarted? Sequencer { get; set; }

    /// <summary>The enclave's key epoch now in force, without its sealed secret; null before the first.</summary>
    public KeyEpoch? Key { get; set; }

    /// <summary>The registered enclave; null before the first.</summary>
    public EnclaveRegistered? Enclave { get; set; }

    /// <summary>The latest sealed snapshot; null before the first.</summary>
    public SnapshotSealed? Snapshot { get; set; }

    /// <summary>Sequence of the governance command that may come next.</summary>
    public ulong NextGovernanceSequence { get; set; } = 1;

    /// <summary>Listed assets by number.</summary>
    public SortedDictionary<uint, AssetListed> Assets { get; set; } = [];

    /// <summary>Listed markets by number.</summary>
    public SortedDictionary<uint, MarketListed> Markets { get; set; } = [];

    /// <summary>Enabled price sources by feed.</summary>
    public SortedDictionary<uint, PriceSourceSet> Feeds { get; set; } = [];

    /// <summary>Time between settlement batches in microseconds; null as long as governance has not set it.</summary>
    public ulong? SettlementInterval { get; set; }

    /// <summary>Sequence of the last settlement batch that closed; 0 before the first.</summary>
    public ulong SettlementClosed { get; set; }

    /// <summary>Sequence of the last settlement batch confirmed on chain; 0 before the first.</summary>
    public ulong SettlementConfirmed { get; set; }

    /// <summary>Highest deposit that the log contains; 0 before the first.</summary>
    public ulong LastDeposit { get; set; }
}

/// <summary>A key epoch without its secret.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="PublicKey">X25519 public key, 32 bytes, in lowercase hexadecimal digits.</param>
public sealed record KeyEpoch(uint Epoch, string PublicKey);
