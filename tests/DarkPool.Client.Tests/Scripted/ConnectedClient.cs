using DarkPool.Client.Sessions;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Scripted;

/// <summary>A client of a scripted venue with one session.</summary>
internal sealed class ConnectedClient : IAsyncDisposable
{
    /// <summary>Tests fail rather than hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Key _account;

    private ConnectedClient(ScriptedVenue venue, DarkPoolClient client, DarkPoolSession session, Key account, List<ReportType> reports)
    {
        Venue = venue;
        Client = client;
        Session = session;
        Reports = reports;
        _account = account;
    }

    public ScriptedVenue Venue { get; }

    public DarkPoolClient Client { get; }

    public DarkPoolSession Session { get; }

    /// <summary>Types of the reports handed on, in order. Look at it only while no report is on its way.</summary>
    public List<ReportType> Reports { get; }

    public static async Task<ConnectedClient> OpenAsync(
        Func<DarkPoolClientOptions, DarkPoolClientOptions>? configure = null, HpkeSuite suite = HpkeSuite.Aes256Gcm)
    {
        var venue = new ScriptedVenue();
        DarkPoolClientOptions options = venue.Options();
        DarkPoolClient client = await DarkPoolClient.ConnectAsync(configure?.Invoke(options) ?? options);
        var account = Key.Create(SignatureAlgorithm.Ed25519);
        var reports = new List<ReportType>();
        DarkPoolSession session = await client.OpenSessionAsync(new SessionOptions
        {
            Account = account,
            Suite = suite,
            RateClass = RateClass.Fast,
            OnReport = (in ReportHeader header, ReadOnlySpan<byte> _) => reports.Add(header.Type),
        }).WaitAsync(Patience);
        return new ConnectedClient(venue, client, session, account, reports);
    }

    public static PlaceOrder Order(ulong id) =>
        new(id, 1, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 5, 0);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Client.DisposeAsync();
        _account.Dispose();
    }
}
