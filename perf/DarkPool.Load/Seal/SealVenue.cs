using DarkPool.Attestation.Simulated;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Load.Seal;

/// <summary>
/// The venue of the measurement: keys of a simulated platform in a folder of its own, one governor, two assets, one market.
/// </summary>
internal sealed class SealVenue : IDisposable
{
    public const uint BaseAsset = 1;
    public const uint QuoteAsset = 2;
    public const uint Market = 1;

    /// <summary>A second of block time: batches are rare beside blocks, as in a venue.</summary>
    private const ulong SettlementInterval = 1_000_000;

    /// <summary>More than any day of orders can hold: funds are not what is measured.</summary>
    private static readonly UInt128 Funds = UInt128.One << 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkpool-seal-");
    private readonly Key _governor = Key.Create(SignatureAlgorithm.Ed25519);

    public SealVenue()
    {
        var platform = new SimulatedProvider(_folder.FullName, TimeProvider.System);
        Keys = EnclaveKeys.FromPlatformAsync(platform, default, CancellationToken.None).GetAwaiter().GetResult();
        Keys.Epochs.StartEpoch();
        var governor = new Bytes32(_governor.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        Genesis = new Genesis(chainId: 1, AddressOf(1), AddressOf(2), shard: 1, governanceThreshold: 1, [governor]);
    }

    public EnclaveKeys Keys { get; }

    public Genesis Genesis { get; }

    /// <summary>The shard before its first block.</summary>
    public ShardExecutor NewShard(Crew crew, out ShardState state)
    {
        state = ShardState.AtGenesis(Genesis, hashSeed: 1, default);
        return new ShardExecutor(Genesis, Keys, crew, state);
    }

    /// <summary>The commands that list assets and market.</summary>
    public IEnumerable<byte[]> Listings()
    {
        ulong sequence = 0;
        byte[] Signed(GovernanceType type, byte[] body) =>
            new GovernanceCommand(type, ++sequence, body).Sign(Genesis.VenueId, _governor);
        yield return Signed(GovernanceType.ListAsset, new ListAsset(BaseAsset, AddressOf(11), 0, "SHARES").ToBytes());
        yield return Signed(GovernanceType.ListAsset, new ListAsset(QuoteAsset, AddressOf(12), 4, "USD").ToBytes());
        var market = new ListMarket(
            Market, BaseAsset, QuoteAsset, MatchingRule.Continuous, LotSize: 1, TickValue: 1, PublicationDelay: 0, "SHARES-USD");
        yield return Signed(GovernanceType.ListMarket, market.ToBytes());
        yield return Signed(GovernanceType.SetSettlementInterval, new SetSettlementInterval(SettlementInterval).ToBytes());
    }

    /// <summary>Certificates that fund accounts with both assets.</summary>
    public IEnumerable<byte[]> Deposits(IEnumerable<AccountKey> accounts)
    {
        ulong id = 0;
        foreach (var account in accounts)
        {
            var tag = new byte[DepositTag.Size];
            if (!DepositTag.TrySeal(Keys.Epochs.Newest, Keys.Epochs.NewestPublicKey, Genesis.VenueId, account, tag))
                throw new InvalidOperationException("The enclave's key is not usable.");
            foreach (var token in new[] { AddressOf(11), AddressOf(12) })
            {
                var certificate = new DepositCertificate(
                    0, Genesis.ChainId, Genesis.Vault, token, ++id, Funds, EvmBlock: 1, Transaction: default, tag);
                yield return certificate.Sign(Keys.SigningKey, Genesis.VenueId);
            }
        }
    }

    public void Dispose()
    {
        Keys.Dispose();
        _governor.Dispose();
        _folder.Delete(recursive: true);
    }

    private static EvmAddress AddressOf(byte fill)
    {
        var raw = new byte[EvmAddress.Size];
        raw.AsSpan().Fill(fill);
        return new EvmAddress(raw);
    }
}
