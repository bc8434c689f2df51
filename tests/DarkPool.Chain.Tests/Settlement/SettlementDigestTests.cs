using DarkPool.Chain.Settlement;
using DarkPool.Protocol.Settlement;
using Xunit;

namespace DarkPool.Chain.Tests.Settlement;

public sealed class SettlementDigestTests(ChainFixture chain) : IClassFixture<ChainFixture>
{
    [Fact]
    public async Task The_registry_computes_the_same_digest()
    {
        var factory = new Batches(3, chain.Venue.ChainId, chain.Venue.Registry, chain.Enclave);
        foreach (var batch in Enumerable.Range(0, 20).Select(_ => factory.Any()))
        {
            Assert.Equal(
                await chain.Registry.DigestAsync(batch, CancellationToken.None),
                SettlementDigest.Compute(batch, chain.Venue.ChainId, chain.Venue.Registry));
        }
    }

    [Fact]
    public void Every_field_counts()
    {
        var factory = new Batches(5, 1, chain.Venue.Registry, chain.Enclave);
        var market = new MarketSettlement(1, 2, 3, 4, 5);
        var batch = factory.Any() with { Markets = [market, market with { Market = 9 }] };
        SettlementBatch[] changed =
        [
            batch with { Shard = batch.Shard ^ 1 },
            batch with { Sequence = batch.Sequence ^ 1 },
            batch with { FirstBlock = batch.FirstBlock ^ 1 },
            batch with { LastBlock = batch.LastBlock ^ 1 },
            batch with { Time = batch.Time ^ 1 },
            batch with { PreviousRoot = batch.LogHead },
            batch with { StateRoot = batch.LogHead },
            batch with { EntitlementRoot = batch.LogHead },
            batch with { LogHead = batch.StateRoot },
            batch with { Markets = [market] },
            batch with { Markets = [market with { Market = 9 }, market] },
            batch with { Markets = [market with { Trades = 1 }, market with { Market = 9 }] },
            batch with { Markets = [market with { Price = -3 }, market with { Market = 9 }] },
            batch with { Markets = [market with { Quantity = 5 }, market with { Market = 9 }] },
            batch with { Markets = [market with { Notional = 4 }, market with { Market = 9 }] },
        ];
        var digests = changed.Append(batch).Select(b => SettlementDigest.Compute(b, 1, chain.Venue.Registry)).ToList();
        digests.Add(SettlementDigest.Compute(batch, 2, chain.Venue.Registry));
        digests.Add(SettlementDigest.Compute(batch, 1, chain.Venue.Vault));
        Assert.Equal(changed.Length + 3, digests.Distinct().Count());
    }
}
