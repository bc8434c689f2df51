using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Settlement;
using Xunit;

namespace DarkPool.Chain.Tests.Contracts;

public sealed class RegistryTests : ChainFixture
{
    private Batches Random => new(seed: 7, Venue.ChainId, Venue.Registry, Enclave);

    [Fact]
    public async Task Batches_in_sequence_are_recorded_with_their_markets()
    {
        var batches = Random.Chain(5);
        foreach (var batch in batches) await Registry.SettleAsync(Owner, [batch]);
        await RecordedAsync(batches);
    }

    [Fact]
    public async Task Many_batches_are_recorded_in_one_transaction()
    {
        var batches = Random.Chain(16);
        var receipt = await Registry.SettleAsync(Owner, batches);
        await RecordedAsync(batches);
        Assert.All(await Registry.ReadBatchesAsync(0), settled => Assert.Equal(receipt.Transaction, settled.Transaction));
    }

    [Fact]
    public async Task Before_the_first_batch_everything_is_zero()
    {
        Assert.Equal(new RegistryState(0, 0, default, default, default), await Registry.LastAsync());
        Assert.Equal(1u, await Registry.ShardAsync());
        Assert.Equal(Enclave.Address, await Registry.EnclaveAsync());
    }

    [Fact]
    public async Task Another_signer_is_refused()
    {
        using var other = EvmKey.Create();
        var batch = Random.Next(null);
        await RefusedAsync("WrongSigner", Random.Sign(batch, other));
    }

    [Fact]
    public async Task A_changed_batch_is_refused()
    {
        var signed = Random.Sign(Random.Next(null));
        await RefusedAsync("WrongSigner", signed with { Batch = signed.Batch with { EntitlementRoot = signed.Batch.StateRoot } });
        await RefusedAsync("WrongSigner", signed with { Batch = signed.Batch with { Markets = [new MarketSettlement(1, 1, 1, 1, 1)] } });
        await RefusedAsync("WrongSigner", signed with { Batch = signed.Batch with { Time = signed.Batch.Time + 1 } });
    }

    [Fact]
    public async Task A_malformed_or_mirrored_signature_is_refused()
    {
        var signed = Random.Sign(Random.Next(null));
        await RefusedAsync("WrongSigner", signed with { Signature = Array.Empty<byte>() });
        await RefusedAsync("WrongSigner", signed with { Signature = signed.Signature[..64] });
        await RefusedAsync("WrongSigner", signed with { Signature = new byte[65] });
        await RefusedAsync("WrongSigner", signed with { Signature = Mirrored(signed.Signature.ToArray()) });
    }

    [Fact]
    public async Task A_batch_of_another_chain_or_registry_is_refused()
    {
        var batch = Random.Next(null);
        await RefusedAsync("WrongSigner", new Batches(7, Venue.ChainId + 1, Venue.Registry, Enclave).Sign(batch));
        await RefusedAsync("WrongSigner", new Batches(7, Venue.ChainId, Venue.Vault, Enclave).Sign(batch));
    }

    [Fact]
    public async Task A_batch_of_another_shard_is_refused() =>
        await RefusedAsync("WrongShard", Random.Sign(Random.Next(null, shard: 2)));

    [Fact]
    public async Task A_replayed_or_skipped_sequence_is_refused()
    {
        var batches = Random.Chain(3);
        await RefusedAsync("WrongSequence", batches[1]);
        await Registry.SettleAsync(Owner, [batches[0]]);
        await RefusedAsync("WrongSequence", batches[0]);
        await RefusedAsync("WrongSequence", batches[2]);
        await RefusedAsync("WrongSequence", batches[1], batches[1]);
        Assert.Equal(1UL, (await Registry.LastAsync()).Sequence);
    }

    [Fact]
    public async Task A_batch_that_does_not_follow_the_last_root_is_refused()
    {
        var first = Random.Chain(1)[0];
        await RefusedAsync("WrongPreviousRoot", Random.Sign(first.Batch with { PreviousRoot = first.Batch.StateRoot }));
        await Registry.SettleAsync(Owner, [first]);
        var second = Random.Next(first.Batch);
        await RefusedAsync("WrongPreviousRoot", Random.Sign(second with { PreviousRoot = default }));
    }

    [Fact]
    public async Task Blocks_with_a_gap_an_overlap_or_backwards_are_refused()
    {
        var first = Random.Chain(1)[0];
        await RefusedAsync("WrongBlocks", Random.Sign(first.Batch with { FirstBlock = 0 }));
        await Registry.SettleAsync(Owner, [first]);
        var second = Random.Next(first.Batch);
        var later = second with { FirstBlock = second.FirstBlock + 1, LastBlock = second.LastBlock + 1 };
        await RefusedAsync("WrongBlocks", Random.Sign(later));
        await RefusedAsync("WrongBlocks", Random.Sign(second with { FirstBlock = second.FirstBlock - 1 }));
        await RefusedAsync("WrongBlocks", Random.Sign(second with { LastBlock = second.FirstBlock - 1 }));
    }

    [Fact]
    public async Task Markets_twice_or_out_of_order_are_refused()
    {
        var batch = Random.Next(null);
        var market = new MarketSettlement(2, 1, 1, 1, 1);
        await RefusedAsync("MarketsNotAscending", Random.Sign(batch with { Markets = [market, market] }));
        await RefusedAsync("MarketsNotAscending", Random.Sign(batch with { Markets = [market, market with { Market = 1 }] }));
    }

    [Fact]
    public async Task One_bad_batch_among_many_refuses_all()
    {
        var batches = Random.Chain(3);
        await RefusedAsync("WrongSigner", [batches[0], batches[1], batches[2] with { Signature = new byte[65] }]);
        await RefusedAsync("LengthMismatch");
        Assert.Equal(0UL, (await Registry.LastAsync()).Sequence);
    }

    [Fact]
    public async Task Another_enclave_takes_over_when_the_owner_registers_it()
    {
        using var other = EvmKey.Create();
        var first = Random.Chain(1)[0];
        await Registry.SettleAsync(Owner, [first]);
        await Registry.RegisterEnclaveAsync(Owner, other.Address);
        var second = Random.Next(first.Batch);
        await RefusedAsync("WrongSigner", Random.Sign(second));
        await Registry.SettleAsync(Owner, [Random.Sign(second, other)]);
        await Registry.RegisterEnclaveAsync(Owner, default);
        await RefusedAsync("NoEnclave", Random.Sign(Random.Next(second), other));
    }

    [Fact]
    public async Task Only_the_owner_registers_an_enclave()
    {
        using var key = EvmKey.Parse(DevAccount.Spare.PrivateKey);
        using var stranger = new TransactionSender(Node, key);
        var refusal = await Assert.ThrowsAsync<ContractRevertedException>(() => Registry.RegisterEnclaveAsync(stranger, stranger.Address));
        Assert.Equal("OwnableUnauthorizedAccount", refusal.Error);
    }

    [Fact]
    public async Task An_address_without_a_registry_is_named()
    {
        var nowhere = new RegistryClient(Node, Owner.Address);
        var failure = await Assert.ThrowsAsync<ChainUnavailableException>(() => nowhere.LastAsync());
        Assert.Contains(Owner.Address.ToString(), failure.Message, StringComparison.Ordinal);
    }

    private static byte[] Mirrored(byte[] signature)
    {
        var order = new Org.BouncyCastle.Math.BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        var s = order.Subtract(new Org.BouncyCastle.Math.BigInteger(1, signature, 32, 32));
        Secp256k1.Fixed32(s).CopyTo(signature, 32);
        signature[64] ^= 27 ^ 28;
        return signature;
    }

    private async Task RefusedAsync(string error, params SignedBatch[] batches)
    {
        var before = await Registry.LastAsync();
        var refusal = await Assert.ThrowsAsync<ContractRevertedException>(() => Registry.SettleAsync(Owner, batches));
        Assert.Equal(error, refusal.Error);
        Assert.Equal(before, await Registry.LastAsync());
    }

    private async Task RecordedAsync(List<SignedBatch> batches)
    {
        var last = batches[^1].Batch;
        var expected = new RegistryState(last.Sequence, last.LastBlock, last.StateRoot, last.EntitlementRoot, last.LogHead);
        Assert.Equal(expected, await Registry.LastAsync());
        var settled = await Registry.ReadBatchesAsync(Venue.Block);
        Assert.Equal(
            batches.Select(b => (b.Batch.Sequence, b.Batch.StateRoot, b.Batch.EntitlementRoot, b.Batch.LogHead, b.Batch.LastBlock)),
            settled.Select(s => (s.Sequence, s.StateRoot, s.EntitlementRoot, s.LogHead, s.LastBlock)));
        var markets = await Registry.ReadMarketsAsync(Venue.Block);
        Assert.Equal(batches.SelectMany(b => b.Batch.Markets.Select(m => new SettledMarket(b.Batch.Sequence, m))), markets);
    }
}
