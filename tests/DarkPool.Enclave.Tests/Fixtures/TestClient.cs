using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>A client with an account and one session, as the protocol's own client side makes it.</summary>
internal sealed class TestClient : IDisposable
{
    public TestClient(Key account, uint epoch, Bytes32 encryptionKey, RateClass rateClass, HpkeSuite suite = HpkeSuite.Aes256Gcm)
    {
        Account = account;
        if (!ClientSession.TryStart(account, suite, rateClass, epoch, encryptionKey, TestGenesis.Genesis.VenueId, out var session))
            throw new InvalidOperationException("The enclave's key is not usable.");
        Session = session;
    }

    public Key Account { get; }

    public AccountKey AccountKey => new(TestGenesis.PublicKeyOf(Account));

    public ClientSession Session { get; }

    /// <summary>Number of the last report taken from streams.</summary>
    public ulong LastReport { get; set; }

    public byte[] Seal(CommandType type, ReadOnlySpan<byte> body, ulong ack = 0, int size = EnvelopeLimits.SmallSize)
    {
        var envelope = new byte[size];
        Session.SealCommand(type, body, ack, envelope);
        return envelope;
    }

    public byte[] Cover(ulong ack = 0) => Seal(CommandType.Cover, [], ack);

    public byte[] Place(
        ulong id,
        Side side,
        long price,
        ulong quantity,
        TimeInForce timeInForce = TimeInForce.GoodTillCancelled,
        uint market = TestVenue.Market,
        long expiry = 0) =>
        Place(new PlaceOrder(id, market, side, OrderType.Limit, timeInForce, price, quantity, expiry));

    public byte[] Place(PlaceOrder order)
    {
        var body = new byte[PlaceOrder.Size];
        order.Write(body);
        return Seal(CommandType.PlaceOrder, body);
    }

    public byte[] Cancel(ulong id)
    {
        var body = new byte[CancelOrder.Size];
        new CancelOrder(id).Write(body);
        return Seal(CommandType.CancelOrder, body);
    }

    public byte[] FirmUp(ulong id, ulong quantity)
    {
        var body = new byte[Protocol.Commands.FirmUp.Size];
        new FirmUp(id, quantity).Write(body);
        return Seal(CommandType.FirmUp, body);
    }

    public byte[] Replace(ulong id, long price, ulong quantity)
    {
        var body = new byte[ReplaceOrder.Size];
        new ReplaceOrder(id, price, quantity).Write(body);
        return Seal(CommandType.ReplaceOrder, body);
    }

    public void Dispose() => Session.Dispose();
}
