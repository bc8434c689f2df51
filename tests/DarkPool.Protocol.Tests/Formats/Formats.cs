using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Settlement;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Protocol.Tests.Formats;

/// <summary>Every format of fixed bytes in docs/PROTOCOL.md, for the properties that hold for all of them.</summary>
internal static partial class Formats
{
    private delegate bool Reader<T>(ReadOnlySpan<byte> bytes, out T value);

    private delegate void Writer<T>(in T value, Span<byte> destination);

    public static IReadOnlyList<Format> All { get; } =
        [.. Headers(), .. Commands(), .. Reports(), .. Entries(), Batch(), Identity(), .. Lending()];

    public static TheoryData<string> Names { get; } = [.. All.Select(format => format.Name)];

    public static Format Named(string name) => All.Single(format => format.Name == name);

    private static IEnumerable<Format> Headers()
    {
        yield return Fixed(
            new EnvelopeHeader(
                EnvelopeKind.Command, SizeClass.Large, HpkeSuite.ChaCha20Poly1305, 7, 0x0102030405060708, 0x1112131415161718),
            EnvelopeHeader.Size, EnvelopeHeader.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new BlockHeader(3, 4096, 5, -6, Fixture.Filled(7), Fixture.Filled(8), 9, 10),
            BlockHeader.Size, BlockHeader.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new FrameHeader(RateClass.Slow, 0x01020304, 0x1112131415161718, 0x2122232425262728),
            RateClass.Slow.FrameBytes(), FrameHeader.TryRead, (in value, to) => value.Write(to));
    }

    private static IEnumerable<Format> Commands()
    {
        var order = new PlaceOrder(0x0102030405060708, 9, Side.Sell, OrderType.Limit, TimeInForce.GoodTillTime, -10, 11, 12);
        yield return First(Fixed(order, PlaceOrder.Size, PlaceOrder.TryRead, (in value, to) => value.Write(to)), PlaceOrder.FirstSize);
        yield return Second(Fixed(
            order with
            {
                Flags = OrderFlags.PostOnly | OrderFlags.CancelOnDisconnect,
                MinimumQuantity = 13,
                MinimumInteraction = 14,
                SelfTradePrevention = SelfTradePrevention.Decrement,
            },
            PlaceOrder.Size, PlaceOrder.TryRead, (in value, to) => value.Write(to)));
        yield return Fixed(new CancelOrder(0x0102030405060708), CancelOrder.Size, CancelOrder.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new ReplaceOrder(0x0102030405060708, -9, 10), ReplaceOrder.Size, ReplaceOrder.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(new CancelAll(0x01020304, Side.Sell), CancelAll.Size, CancelAll.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new ConfigureAccount(SelfTradePrevention.CancelBoth, 0x0102, new UInt128(3, 4)),
            ConfigureAccount.Size, ConfigureAccount.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new SetCounterparty(new AccountKey(Fixture.Filled(5)), true),
            SetCounterparty.Size, SetCounterparty.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new SetTier(new AccountKey(Fixture.Filled(6)), 7), SetTier.Size, SetTier.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(new FirmUp(0x0102030405060708, 9), FirmUp.Size, FirmUp.TryRead, (in value, to) => value.Write(to));
        yield return new Format(
            nameof(CommandHeader),
            Written(EnvelopeLimits.SmallPlaintext, to =>
            {
                to.Slice(CommandHeader.Size, 3).Fill(0xCC);
                new CommandHeader(CommandType.ReplaceOrder, 3, 0x0102030405060708).Write(to);
            }),
            bytes => CommandHeader.TryRead(bytes, out var header, out var body) ? Plaintext(header, body, bytes.Length) : null);
    }

    private static IEnumerable<Format> Reports()
    {
        const ulong Id = 0x0102030405060708;
        yield return new Format(
            nameof(ReportHeader),
            Written(ReportHeader.Size + 4, to => new ReportHeader(1, ReportType.Fill, ReportHeader.Size + 4, 2, 3, -4, 5).Write(to)),
            bytes => ReportHeader.TryRead(bytes, out var header, out var body)
                ? [.. Written(ReportHeader.Size, to => header.Write(to)), .. body]
                : null);
        yield return Fixed(
            new SessionOpened(Id, new AccountKey(Fixture.Filled(9))),
            SessionOpened.Size, SessionOpened.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new OrderAccepted(Id, 9, Side.Buy, OrderType.Limit, TimeInForce.ImmediateOrCancel, -10, 11),
            OrderAccepted.Size, OrderAccepted.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new Fill(Id, 9, 10, Side.Sell, Liquidity.Maker, -11, 12, 13), Fill.Size, Fill.TryRead, (in value, to) => value.Write(to),
            Fill.Size);
        yield return Second(Fixed(
            new Fill(Id, 9, 10, Side.Sell, Liquidity.Maker, -11, 12, 13) { Fee = new UInt128(14, 15) },
            Fill.ChargedSize, Fill.TryRead, (in value, to) => value.Write(to)));
        yield return Fixed(
            new OrderCancelled(Id, 9, CancelReason.Expired, 10),
            OrderCancelled.Size, OrderCancelled.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new OrderReplaced(Id, 9, true, -10, 11), OrderReplaced.Size, OrderReplaced.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new Rejected(RejectionCode.BookFull, CommandType.CancelOrder, Id),
            Rejected.Size, Rejected.TryRead, (in value, to) => value.Write(to), Rejected.Size);
        yield return Second(Fixed(
            new Rejected(RejectionCode.AlreadyFilled, CommandType.CancelOrder, Id) { EndedInBlock = 9, EndedByEntry = 10 },
            Rejected.PlacedSize, Rejected.TryRead, (in value, to) => value.Write(to)));
        yield return Fixed(
            new OrderReduced(Id, 9, CancelReason.SelfTrade, 10, 11),
            OrderReduced.Size, OrderReduced.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new OrdersCancelled(0x01020304), OrdersCancelled.Size, OrdersCancelled.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new Deposited(Id, 9, new UInt128(10, 11), new UInt128(12, 13)),
            Deposited.Size, Deposited.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new Balance(9, new UInt128(10, 11), new UInt128(12, 13)), Balance.Size, Balance.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new CommandDone(CommandType.QueryBalances), CommandDone.Size, CommandDone.TryRead, (in value, to) => value.Write(to));
        yield return Fixed(
            new FirmUpInvited(Id, 9, Side.Sell, 10, 11, -12), FirmUpInvited.Size, FirmUpInvited.TryRead, (in value, to) => value.Write(to));
    }

    private static IEnumerable<Format> Entries()
    {
        using var enclave = Fixture.EnclaveSigning();
        using var source = Fixture.PriceSource();
        using var first = Fixture.Governor(0);
        using var second = Fixture.Governor(1);
        var certificate = new DepositCertificate(
            1, 31337, Fixture.Genesis.Vault, new EvmAddress(Fixture.Repeat(0xB1, 20)), 2, 3, 4, Fixture.Filled(5), Fixture.Repeat(6, 84));
        yield return new Format(
            nameof(DepositCertificate), certificate.Sign(enclave, Fixture.VenueId),
            bytes => DepositCertificate.TryVerify(bytes, PublicKey(Fixture.EnclaveSigning), Fixture.VenueId, out var read)
                ? Signed(Fixture.EnclaveSigning, key => read.Sign(key, Fixture.VenueId))
                : null);
        yield return new Format(
            nameof(SignedPrice), new SignedPrice(1, 2, 3, -4, Fixture.PublicKeyOf(source)).Sign(source, Fixture.VenueId),
            bytes => SignedPrice.TryVerify(bytes, Fixture.VenueId, out var read)
                ? Signed(Fixture.PriceSource, key => read.Sign(key, Fixture.VenueId))
                : null);
        yield return new Format(
            nameof(SignedQuote), new SignedQuote(1, 2, 3, -4, 5, Fixture.PublicKeyOf(source)).Sign(source, Fixture.VenueId),
            bytes => SignedQuote.TryVerify(bytes, Fixture.VenueId, out var read)
                ? Signed(Fixture.PriceSource, key => read.Sign(key, Fixture.VenueId))
                : null);
        yield return new Format(
            nameof(GovernanceCommand),
            new GovernanceCommand(GovernanceType.SetSettlementInterval, 3, new SetSettlementInterval(4).ToBytes())
                .Sign(Fixture.VenueId, first, second),
            bytes => GovernanceCommand.TryVerify(bytes, Fixture.Genesis, out var read)
                ? Signed(() => Fixture.Governor(0), one => Signed(() => Fixture.Governor(1), two => read.Sign(Fixture.VenueId, two, one)))
                : null);
        yield return Body(new ListAsset(1, new EvmAddress(Fixture.Repeat(2, 20)), 3, "GOLD"), ListAsset.TryRead, value => value.ToBytes());
        var market = new ListMarket(1, 2, 3, MatchingRule.Continuous, new UInt128(4, 5), new UInt128(6, 7), 8, "GOLD/USD");
        yield return First(Body(market, ListMarket.TryRead, value => value.ToBytes()), ListMarket.FirstSize);
        yield return Second(Body(market with { Parameters = Parameters }, ListMarket.TryRead, value => value.ToBytes()));
        yield return Body(new SetPriceSource(1, true, Fixture.Filled(2)), SetPriceSource.TryRead, value => value.ToBytes());
        yield return Body(new SetSettlementInterval(0x0102030405060708), SetSettlementInterval.TryRead, value => value.ToBytes());
        yield return Body(new HaltMarket(0x01020304), HaltMarket.TryRead, value => value.ToBytes());
        yield return Body(new ResumeMarket(0x01020304), ResumeMarket.TryRead, value => value.ToBytes());
        yield return Body(new SetOperator(Fixture.Filled(7)), SetOperator.TryRead, value => value.ToBytes());
        yield return Body(new ConfigureMarket(0x01020304, Parameters), ConfigureMarket.TryRead, value => value.ToBytes());
    }

    private static MarketParameters Parameters { get; } = new()
    {
        MakerFee = 1,
        TakerFee = 2,
        FeeAccount = Fixture.Filled(3),
        MaximumQuantity = 4,
        MinimumImmediateQuantity = 5,
        CollarBasisPoints = 6,
        ImmediateOrders = 7,
        ImmediateWindow = 8,
        SessionEnd = 9,
        ReferenceFeed = 10,
        MidpointCollarBasisPoints = 11,
        ReferenceStaleness = 12,
        AuctionInterval = 13,
        AuctionCloseWindow = 14,
        AuctionAllocation = AuctionAllocation.Time,
        FirmUpTime = 15,
        MaximumOpenOrders = 16,
        FirmUpRateFloor = 17,
        MinimumConditionalQuantity = 18,
    };

    /// <summary>The first version of a format, whose bytes are the first ones of the present.</summary>
    private static Format First(Format present, int size) => new(
        present.Name, present.Example[..size], bytes => bytes.Length == size ? present.Rewrite(bytes)?[..size] : null);

    /// <summary>The second version; the first is another format.</summary>
    private static Format Second(Format present) => present with
    {
        Name = $"{present.Name}.2",
        Rewrite = bytes => bytes.Length == present.Example.Length ? present.Rewrite(bytes) : null,
    };

    private static Format Batch() => new(
        nameof(SettlementBatch),
        new SettlementBatch(
            1, 2, 3, 4, -5, Fixture.Filled(6), Fixture.Filled(7), Fixture.Filled(8), Fixture.Filled(9),
            [
                new MarketSettlement(10, 11, -12, 13, 14),
                new MarketSettlement(15, 16, 17, new UInt128(18, 19), new UInt128(20, 21)),
            ]).Encode(),
        bytes => SettlementBatch.TryRead(bytes, out var batch) ? batch.Encode() : null);

    private static Format Identity() => new(
        nameof(EnclaveIdentity),
        Written(EnclaveIdentity.Size, to => new EnclaveIdentity(
            Fixture.Filled(1), new EvmAddress(Fixture.Repeat(2, 20)), 3, Fixture.Filled(4), Fixture.Filled(5), 6,
            Fixture.Filled(7)).Write(to)),
        bytes => EnclaveIdentity.TryRead(bytes, out var identity) ? Written(EnclaveIdentity.Size, to => identity.Write(to)) : null);

    private static Format Fixed<T>(T example, int size, Reader<T> read, Writer<T> write, int? only = null) => new(
        typeof(T).Name,
        Written(size, to => write(example, to)),
        bytes =>
        {
            if ((only ?? bytes.Length) != bytes.Length || !read(bytes, out var value)) return null;
            // What the codec does not own (a frame's sealed part) stands as it was; what it owns is written anew.
            var again = new byte[Math.Max(size, bytes.Length)];
            bytes.CopyTo(again, 0);
            write(value, again);
            return again;
        });

    private static Format Body<T>(T example, Reader<T> read, Func<T, byte[]> write) => new(
        typeof(T).Name, write(example), bytes => read(bytes, out var value) ? write(value) : null);

    private static byte[] Plaintext(CommandHeader header, ReadOnlySpan<byte> body, int size)
    {
        var bytes = Fixture.Repeat(0xEE, size);
        body.CopyTo(bytes.AsSpan(CommandHeader.Size));
        header.Write(bytes);
        return bytes;
    }

    private static byte[] Written(int size, SpanWriter write)
    {
        var bytes = new byte[size];
        write(bytes);
        return bytes;
    }

    private static Bytes32 PublicKey(Func<Key> open)
    {
        using var key = open();
        return Fixture.PublicKeyOf(key);
    }

    private static byte[] Signed(Func<Key> open, Func<Key, byte[]> sign)
    {
        using var key = open();
        return sign(key);
    }

    private delegate void SpanWriter(Span<byte> destination);
}
