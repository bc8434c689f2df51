using System.Globalization;
using System.Text.Json;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Settlement;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Chain.Tests.Settlement;

/// <summary>Digests, call data and signed transactions are byte for byte those of viem, for random values of every field.</summary>
public sealed class ViemAgreementTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 200;
    private const ulong ChainId = 31337;

    private readonly EvmKey _key = EvmKey.Create();
    private readonly Random _random = new(42);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Both_compute_the_same()
    {
        var registry = Address();
        var factory = new Batches(42, ChainId, registry, _key);
        var batches = Enumerable.Range(0, Count).Select(_ => factory.Any()).ToList();
        var signature = Bytes(EvmSignature.Size);
        var transactions = Enumerable.Range(0, Count).Select(Transaction).ToList();
        var viem = await ViemReference.RunAsync(new
        {
            abi = Abi("SettlementRegistry"),
            domain = new
            {
                name = SettlementDigest.DomainName,
                version = SettlementDigest.DomainVersion,
                chainId = ChainId,
                verifyingContract = registry.ToString(),
            },
            batches = batches.Select(Json),
            signature = EvmHex.Encode(signature),
            key = Secret(),
            transactions = transactions.Select(t => t.Json),
        });

        Assert.Equal(_key.Address.ToString(), viem.GetProperty("address").GetString());
        Assert.Equal(batches.Select(b => "0x" + SettlementDigest.Compute(b, ChainId, registry)), Texts(viem, "digests"));
        var signed = batches.ConvertAll(b => new SignedBatch(b, signature));
        Assert.Equal(signed.Select(s => EvmHex.Encode(RegistryCalls.For([s]))), Texts(viem, "settle"));
        Assert.Equal(EvmHex.Encode(RegistryCalls.For(signed)), viem.GetProperty("settleMany").GetString());
        Assert.Equal(transactions.Select(t => t.Raw), Texts(viem, "transactions"));
        output.WriteLine($"viem: {Count} batches and {Count} transactions, 0 differences");
    }

    private static IEnumerable<string?> Texts(JsonElement viem, string name) =>
        viem.GetProperty(name).EnumerateArray().Select(e => e.GetString());

    private static JsonElement Abi(string contract)
    {
        using var stream = typeof(SettlementDigest).Assembly.GetManifestResourceStream($"contracts/{contract}.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream).GetProperty("abi");
    }

    private static object Json(SettlementBatch batch) => new
    {
        shard = batch.Shard,
        sequence = Text(batch.Sequence),
        firstBlock = Text(batch.FirstBlock),
        lastBlock = Text(batch.LastBlock),
        time = Text(batch.Time),
        previousRoot = "0x" + batch.PreviousRoot,
        stateRoot = "0x" + batch.StateRoot,
        entitlementRoot = "0x" + batch.EntitlementRoot,
        logHead = "0x" + batch.LogHead,
        markets = batch.Markets.Select(m => new
        {
            market = m.Market, trades = m.Trades, price = Text(m.Price), quantity = Text(m.Quantity), notional = Text(m.Notional),
        }),
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private (object Json, string Raw) Transaction(int index)
    {
        var isLegacy = index % 3 == 0;
        EvmAddress? to = index % 5 == 0 ? null : Address();
        var request = new TransactionRequest(to, Bytes(_random.Next(1, 300)), index % 2 == 0 ? default : (UInt128)_random.NextInt64());
        var nonce = (ulong)_random.Next(300);
        var gas = (ulong)_random.Next(21_000, 30_000_000);
        var priority = (UInt128)_random.NextInt64(1_000_000_000_000);
        var fees = new TransactionFees(priority + (UInt128)_random.NextInt64(1_000_000_000_000), isLegacy ? null : priority);
        var raw = TransactionSigner.Sign(request, ChainId, nonce, gas, fees, _key).Raw;
        var json = new
        {
            type = isLegacy ? "legacy" : "eip1559",
            chainId = ChainId,
            nonce,
            gas = Text(gas),
            to = to?.ToString(),
            value = Text(request.Value),
            data = EvmHex.Encode(request.Data),
            maxFee = Text(fees.MaxFee),
            priority = fees.Priority is { } p ? Text(p) : null,
        };
        return (json, EvmHex.Encode(raw));
    }

    private string Secret()
    {
        var secret = new byte[EvmKey.Size];
        _key.Export(secret);
        return EvmHex.Encode(secret);
    }

    private EvmAddress Address() => new(Bytes(EvmAddress.Size));

    private byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        _random.NextBytes(bytes);
        return bytes;
    }
}
