using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using DarkPool.Protocol.Settlement;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Protocol.Tests.Documentation;

/// <summary>One story from hello to settlement with fixed keys: what docs/PROTOCOL.md section 11 shows.</summary>
internal sealed class WorkedExamples : IDisposable
{
    private const uint KeyEpoch = 1;
    private const long BlockTime = 1_767_225_600_000_000;
    private const int HelloIndex = 3;

    private readonly Key _account = Fixture.Account();
    private readonly Key _signing = Fixture.EnclaveSigning();
    private readonly Key _encryption = Fixture.EnclaveEncryption();
    private readonly Key _ephemeral = Fixture.Ephemeral();
    private readonly Key _source = Fixture.PriceSource();
    private readonly ClientSession _client;
    private readonly OpenedHello _enclave;
    private readonly byte[] _command = new byte[EnvelopeLimits.SmallSize];
    private readonly byte[] _price;

    public WorkedExamples()
    {
        Assert.True(ClientSession.TryStart(
            _account, HpkeSuite.Aes256Gcm, RateClass.Slow, KeyEpoch, PublicKey(_encryption), Fixture.VenueId, _ephemeral, out var client));
        Assert.True(HelloOpener.TryOpen(client.Hello.Span, _encryption, Fixture.VenueId, out var enclave));
        (_client, _enclave) = (client, enclave);
        _client.Bind(SessionNumber.At(block: 1, HelloIndex));
        var body = new byte[PlaceOrder.Size];
        Order.Write(body);
        _client.SealCommand(CommandType.PlaceOrder, body, ack: 1, _command);
        _price = new SignedPrice(Feed: 1, Round: 42, BlockTime - 1_000_000, Price: 2_500_000, PublicKey(_source))
            .Sign(_source, Fixture.VenueId);
    }

    private static PlaceOrder Order { get; } = new(
        ClientOrderId: 1001, Market: 1, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled,
        Price: 2_500_100, Quantity: 300, Expiry: 0);

    public IEnumerable<Example> All() =>
    [
        Names(), Identity(), OpeningHello(), Secrets(), Command(), Attach(), Frame(),
        Block(), ReceiptOfTheCommand(), Deposit(), Quote(), Governance(), Batch(), Liquidations(),
    ];

    public void Dispose()
    {
        _client.Dispose();
        _enclave.Keys.Dispose();
        _source.Dispose();
        _ephemeral.Dispose();
        _encryption.Dispose();
        _signing.Dispose();
        _account.Dispose();
    }

    private static Example Names() => new Example("names")
        .Say("chain id", "31337")
        .Bytes("genesis", Fixture.Genesis.Encoded.Span)
        .Bytes("venue id", Fixture.VenueId.Span)
        .Bytes("genesis head", Fixture.Genesis.GenesisHead.Span);

    private Example Identity()
    {
        var identity = new EnclaveIdentity(
            PublicKey(_signing), new EvmAddress(Fixture.Repeat(0xE1, 20)), KeyEpoch, PublicKey(_encryption), default, 0,
            Fixture.Genesis.GenesisHead);
        return new Example("report data")
            .Bytes("signing key", identity.SigningKey.Span)
            .Bytes("evm address", identity.EvmAddress.Span)
            .Bytes("encryption key", identity.EncryptionKey.Span)
            .Bytes("nonce", Fixture.Filled(0x77).Span)
            .Bytes("report data", ReportData.Compute(identity, Fixture.VenueId, Fixture.Filled(0x77)));
    }

    private Example OpeningHello()
    {
        var hello = _client.Hello.Span;
        var clear = hello[..(EnvelopeHeader.Size + HpkeSender.EncapsulationSize)];
        var plaintext = new byte[Hello.PlaintextSize];
        Hello.WritePlaintext(plaintext, _account, RateClass.Slow, Fixture.VenueId, PublicKey(_encryption), clear);
        return new Example("hello")
            .Bytes("account seed (Ed25519 private key)", Fixture.Repeat(0x11, 32))
            .Bytes("account", PublicKey(_account).Span)
            .Bytes("enclave's X25519 private key", Fixture.Repeat(0x55, 32))
            .Bytes("encryption key", PublicKey(_encryption).Span)
            .Bytes("ephemeral X25519 private key", Fixture.Repeat(0x66, 32))
            .Bytes("header", clear[..EnvelopeHeader.Size])
            .Bytes("enc", clear[EnvelopeHeader.Size..])
            .Bytes("plaintext", plaintext)
            .Bytes("envelope", hello);
    }

    private Example Secrets()
    {
        var secrets = new byte[SessionKeys.ExportedSize];
        _client.ExportKeys(secrets);
        return new Example("secrets")
            .Bytes("command key", secrets.AsSpan(1, 32))
            .Bytes("command base nonce", secrets.AsSpan(33, 12))
            .Bytes("report secret", secrets.AsSpan(45, 32))
            .Bytes("attach secret", secrets.AsSpan(77, 32));
    }

    private Example Command()
    {
        Assert.True(EnvelopeHeader.TryRead(_command, out var header));
        var plaintext = new byte[EnvelopeLimits.SmallPlaintext];
        Assert.True(CommandOpener.TryOpen(_enclave.Keys, header, _command, plaintext));
        return new Example("command")
            .Say("session", $"{_client.Number} (block 1, index {HelloIndex})")
            .Say("order", "id 1001, market 1, buy, limit, good till cancelled, price 2500100, quantity 300; ack 1; sequence 1")
            .Bytes("plaintext", plaintext)
            .Bytes("envelope", _command);
    }

    private Example Attach()
    {
        var request = _client.RequestStream(nextReport: 2, Fixture.Repeat(0x88, 32));
        Assert.True(AttachToken.TryOpen(_enclave.Keys, _client.Number, request.Token.Span, out _, out _));
        return new Example("attach")
            .Bytes("client random", Fixture.Repeat(0x88, 32))
            .Say("next report", "2")
            .Bytes("token", request.Token.Span)
            .Say("in the query", request.TokenText);
    }

    private Example Frame()
    {
        var enclaveRandom = Fixture.Filled(0x99);
        using var sealer = new ReportStreamSealer(
            _enclave.Keys, _client.Number, RateClass.Slow, stream: 5, Fixture.Filled(0x88), enclaveRandom);
        using var opener = _client.RequestStream(2, Fixture.Repeat(0x88, 32)).Open(enclaveRandom.Span);
        var report = new byte[ReportHeader.Size + OrderAccepted.Size];
        new ReportHeader(2, ReportType.OrderAccepted, (ushort)report.Length, Entry: 0, Block: 2, BlockTime, Sequence: 1).Write(report);
        new OrderAccepted(
            Order.ClientOrderId, Order.Market, Order.Side, Order.OrderType, Order.TimeInForce, Order.Price, Order.Quantity)
            .Write(report.AsSpan(ReportHeader.Size));
        var frame = new byte[sealer.FrameSize];
        var packing = new ReportFrame(ReportStreamSealer.PlaintextOf(frame));
        Assert.True(packing.TryAppend(report));
        packing.Complete();
        sealer.Seal(frame);
        Assert.Equal(FrameFault.None, opener.Open(frame, out var reports));
        Assert.Equal(report, reports.ToArray());
        return new Example("frame")
            .Bytes("enclave random", enclaveRandom.Span)
            .Say("stream", "number 5, rate class 1, frame number 0")
            .Bytes("report", report)
            .Bytes("frame", frame);
    }

    private byte[] SealBlock(BlockBuilder builder, out BlockHeader header)
    {
        Assert.True(builder.TryAppend(EntryKind.Envelope, _command));
        Assert.True(builder.TryAppend(EntryKind.Price, _price));
        return builder.Seal(number: 2, BlockTime, Fixture.Filled(0xAA), sequencerEpoch: 1, out header).ToArray();
    }

    private Example Block()
    {
        using var builder = new BlockBuilder(shard: 0);
        var block = SealBlock(builder, out var header);
        return new Example("block")
            .Bytes("price source seed (Ed25519 private key)", Fixture.Repeat(0x33, 32))
            .Bytes("head of the predecessor", Fixture.Filled(0xAA).Span)
            .Bytes("leaf of entry 0", builder.Tree.Leaves[0].Span)
            .Bytes("leaf of entry 1", builder.Tree.Leaves[1].Span)
            .Bytes("entries root", header.EntriesRoot.Span)
            .Bytes("head", header.ComputeHead().Span)
            .Bytes("block", block);
    }

    private Example ReceiptOfTheCommand()
    {
        using var builder = new BlockBuilder(shard: 0);
        SealBlock(builder, out var header);
        var stateRoot = Fixture.Filled(0xBB);
        var statement = new BlockStatement(Fixture.VenueId, header.Number, header.ComputeHead(), stateRoot);
        var signed = new byte[BlockStatement.Size];
        var signature = new byte[BlockStatement.SignatureSize];
        statement.Write(signed);
        statement.Sign(_signing, signature);
        var receipt = Receipt.Build(header, builder.Tree, first: 0, count: 1, stateRoot, signature);
        Assert.True(Receipt.TryRead(receipt, out var read, out _));
        Assert.Equal(ReceiptFault.None, read.Verify(Fixture.VenueId, PublicKey(_signing), _command));
        return new Example("receipt")
            .Bytes("enclave's signing seed (Ed25519 private key)", Fixture.Repeat(0x22, 32))
            .Bytes("state root", stateRoot.Span)
            .Bytes("block statement", signed)
            .Bytes("receipt", receipt);
    }

    private Example Deposit()
    {
        var tag = new byte[DepositTag.Size];
        Assert.True(DepositTag.TrySeal(
            KeyEpoch, PublicKey(_encryption), Fixture.VenueId, new AccountKey(PublicKey(_account)), _ephemeral, tag));
        Assert.True(DepositTag.TryOpen(tag, _encryption, Fixture.VenueId, out _));
        var certificate = new DepositCertificate(
            LogIndex: 0, 31337, Fixture.Genesis.Vault, new EvmAddress(Fixture.Repeat(0xA3, 20)), DepositId: 1,
            Amount: UInt128.Parse("5000000000000000000", null), EvmBlock: 12, Fixture.Filled(0xCC), tag);
        return new Example("deposit")
            .Bytes("ephemeral X25519 private key", Fixture.Repeat(0x66, 32))
            .Bytes("tag", tag)
            .Bytes("certificate", certificate.Sign(_signing, Fixture.VenueId));
    }

    private Example Quote() => new Example("quote")
        .Say("quote", "feed 1, round 42, bid 2499900, ask 2500101")
        .Bytes("entry", new SignedQuote(Feed: 1, Round: 42, BlockTime - 1_000_000, Bid: 2_499_900, Ask: 2_500_101, PublicKey(_source))
            .Sign(_source, Fixture.VenueId));

    private static Example Governance()
    {
        using var first = Fixture.Governor(0);
        using var second = Fixture.Governor(1);
        var asset = new ListAsset(1, new EvmAddress(Fixture.Repeat(0xA3, 20)), 18, "GOLD");
        return new Example("governance")
            .Bytes("seed of the first signer", Fixture.Repeat(0x40, 32))
            .Bytes("seed of the second signer", Fixture.Repeat(0x41, 32))
            .Say("change", "ListAsset 1, token a3.., 18 decimals, GOLD; sequence 1")
            .Bytes("command", new GovernanceCommand(GovernanceType.ListAsset, 1, asset.ToBytes()).Sign(Fixture.VenueId, first, second));
    }

    private static Example Batch() => new Example("settlement batch")
        .Say("batch", "shard 0, sequence 1, blocks 1 to 2, previous root 00.., state root bb.., entitlement root ee.., log head ff..")
        .Say("market", "1, trades 2, price 2500050, quantity 600, notional 1500030000")
        .Bytes("encoded", new SettlementBatch(
            Shard: 0, Sequence: 1, FirstBlock: 1, LastBlock: 2, BlockTime, PreviousRoot: default, Fixture.Filled(0xBB),
            Fixture.Filled(0xEE), Fixture.Filled(0xFF),
            [new MarketSettlement(1, Trades: 2, Price: 2_500_050, Quantity: 600, Notional: 1_500_030_000)]).Encode());

    private Example Liquidations()
    {
        var salt = Fixture.Filled(0x44);
        var commitment = LoanCommitment.Of(LoanKind.Pool, salt, place: 1, new AccountKey(PublicKey(_account)));
        var row = new LiquidationRow(
            LoanKind.Pool, Place: 1, Market: 7, Ticks: 164_900, Seized: UInt128.Parse("4321000000000000000", null),
            Repaid: 7_125_329_000, Penalty: 22_037_100_000, commitment);
        return new Example("liquidation sheet")
            .Bytes("salt", salt.Span)
            .Bytes("commitment", commitment.Span)
            .Say("sheet", "block 2, first 1")
            .Say(
                "liquidation",
                "pool 1, liquidation market 7, ticks 164900, seized 4321000000000000000, repaid 7125329000, penalty 22037100000")
            .Bytes("encoded", new LiquidationSheet(Block: 2, BlockTime, First: 1, [row]).Sign(_signing, Fixture.VenueId));
    }

    private static Bytes32 PublicKey(Key key) => Fixture.PublicKeyOf(key);
}
