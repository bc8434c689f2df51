using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Protocol.Tests.Sessions;

/// <summary>The two ends of one session, made by a real hello.</summary>
internal sealed class SessionPair : IDisposable
{
    private SessionPair(Key account, Key encryptionKey, ClientSession client, OpenedHello enclave)
    {
        Account = account;
        EncryptionKey = encryptionKey;
        Client = client;
        Enclave = enclave;
    }

    public Key Account { get; }

    public Key EncryptionKey { get; }

    public ClientSession Client { get; }

    public OpenedHello Enclave { get; }

    public static SessionPair Open(HpkeSuite suite, RateClass rateClass = RateClass.Medium)
    {
        var account = Fixture.Account();
        var encryptionKey = Fixture.EnclaveEncryption();
        Assert.True(ClientSession.TryStart(
            account, suite, rateClass, keyEpoch: 1, Fixture.PublicKeyOf(encryptionKey), Fixture.VenueId, out var client));
        Assert.True(HelloOpener.TryOpen(client.Hello.Span, encryptionKey, Fixture.VenueId, out var enclave));
        return new SessionPair(account, encryptionKey, client, enclave);
    }

    public void Dispose()
    {
        Client.Dispose();
        Enclave.Keys.Dispose();
        EncryptionKey.Dispose();
        Account.Dispose();
    }
}
