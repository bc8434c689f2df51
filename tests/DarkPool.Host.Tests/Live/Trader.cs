using System.Net;
using System.Text.Json;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Host.Tests.Live;

/// <summary>A client made of the protocol's own parts, which checks every receipt that it gets.</summary>
internal sealed class Trader : IDisposable
{
    private readonly Bytes32 _venueId;
    private readonly Bytes32 _signingKey;

    private Trader(ClientSession session, Bytes32 venueId, Bytes32 signingKey) =>
        (Session, _venueId, _signingKey) = (session, venueId, signingKey);

    public ClientSession Session { get; }

    public static async Task<Trader> OpenAsync(LiveVenue venue, HostClient host, RateClass rateClass = RateClass.Slow)
    {
        var claims = (await host.GetJsonAsync($"/v1/attestation?nonce={new string('0', 64)}")).GetProperty("claims");
        using var account = Key.Create(SignatureAlgorithm.Ed25519);
        Assert.True(ClientSession.TryStart(
            account,
            HpkeSuite.Aes256Gcm,
            rateClass,
            claims.GetProperty("keyEpoch").GetUInt32(),
            Hash(claims, "encryptionKey"),
            venue.Genesis.VenueId,
            out var session));
        using var response = await host.PostAsync("/v1/sessions", session.Hello);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var trader = new Trader(session, venue.Genesis.VenueId, Hash(claims, "signingKey"));
        trader.Check(document.RootElement.GetProperty("receipt").GetBytesFromBase64(), session.Hello.Span);
        session.Bind(document.RootElement.GetProperty("session").GetUInt64());
        return trader;
    }

    /// <summary>So many sealed commands that do nothing, one behind the other.</summary>
    public byte[] SealCovers(int count)
    {
        var envelopes = new byte[count * EnvelopeLimits.SmallSize];
        for (var i = 0; i < count; i++)
            Session.SealCommand(CommandType.Cover, [], ack: 0, envelopes.AsSpan(i * EnvelopeLimits.SmallSize, EnvelopeLimits.SmallSize));
        return envelopes;
    }

    /// <summary>Sends envelopes, expects receipts, and checks them.</summary>
    /// <returns>Block and index of each envelope.</returns>
    public async Task<List<(ulong Block, int Index)>> SendAsync(HostClient host, byte[] envelopes)
    {
        using var response = await host.PostAsync("/v1/envelopes", envelopes);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return Check(await response.Content.ReadAsByteArrayAsync(), envelopes);
    }

    /// <summary>Checks receipts against what was sent.</summary>
    public List<(ulong Block, int Index)> Check(ReadOnlySpan<byte> receipts, ReadOnlySpan<byte> envelopes)
    {
        var places = new List<(ulong, int)>();
        while (!receipts.IsEmpty)
        {
            Assert.True(Receipt.TryRead(receipts, out var receipt, out receipts));
            var length = LengthOf(envelopes, receipt.Count);
            Assert.Equal(ReceiptFault.None, receipt.Verify(_venueId, _signingKey, envelopes[..length]));
            envelopes = envelopes[length..];
            for (var i = 0; i < receipt.Count; i++) places.Add((receipt.Header.Number, receipt.First + i));
        }

        Assert.True(envelopes.IsEmpty);
        return places;
    }

    public void Dispose() => Session.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> envelopes, int count)
    {
        var rest = envelopes;
        for (var i = 0; i < count; i++) Assert.True(EnvelopeHeader.TryTake(ref rest, out _, out _));
        return envelopes.Length - rest.Length;
    }

    private static Bytes32 Hash(JsonElement claims, string name)
    {
        Assert.True(Bytes32.TryParse(claims.GetProperty(name).GetString(), out var value));
        return value;
    }
}
