using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Cli.Accounts;

/// <summary>An account of this process's own, its session, and what its reports say.</summary>
internal sealed class Trader : IAsyncDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly OrderTally _tally;
    private readonly SemaphoreSlim _deposited = new(0);
    private DarkPoolSession? _session;

    private Trader(OrderTally tally) => _tally = tally;

    public DarkPoolSession Session => _session ?? throw new InvalidOperationException("The session is not open.");

    public AccountKey Account => Session.Account;

    /// <summary>Opens the sessions of new accounts.</summary>
    /// <param name="client">The venue.</param>
    /// <param name="count">How many.</param>
    /// <param name="tally">Takes what all of them report.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<Trader[]> OpenManyAsync(DarkPoolClient client, int count, OrderTally tally, CancellationToken cancellation)
    {
        Trader[] traders = [.. Enumerable.Range(0, count).Select(_ => new Trader(tally))];
        try
        {
            await Parallel.ForEachAsync(traders, cancellation, (trader, token) => trader.OpenAsync(client, token));
            return traders;
        }
        catch
        {
            foreach (Trader trader in traders)
                await trader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until this many deposits are credited.</summary>
    public async Task AwaitDepositsAsync(int count, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
            await _deposited.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
            await _session.DisposeAsync();
        _key.Dispose();
        _deposited.Dispose();
    }

    private async ValueTask OpenAsync(DarkPoolClient client, CancellationToken cancellation) =>
        _session = await client.OpenSessionAsync(
            new SessionOptions { Account = _key, RateClass = RateClass.Fast, OnReport = Take }, cancellation);

    private void Take(in ReportHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type == ReportType.Deposited)
            _deposited.Release();
        else
            _tally.Take(header, body);
    }
}
