using DarkPool.Chain.Signing;
using DarkPool.Cli.Accounts;
using DarkPool.Cli.Stack;
using DarkPool.Client;
using DarkPool.Client.Submission;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Commands;
using Npgsql;
using Xunit.Abstractions;

namespace DarkPool.EndToEnd.Tests.Secrets;

/// <summary>
/// Orders with known prices, quantities, ids and accounts go through a venue; afterwards nobody but the client and the enclave may
/// hold any of them, in any form. Quantities and prices that trade are public later, so these orders rest, are replaced and cancelled.
/// In every place that is searched the hunt has to find something public that is known to be there: a search that looks past its place
/// would find no secret either.
/// </summary>
public sealed class SecretHuntTests(VenueFixture fixture, ITestOutputHelper output) : IClassFixture<VenueFixture>
{
    private const ulong Price = 0x31A7C3E95B2D47;
    private const ulong Quantity = 0x5F4E96A8D13C7B;
    private const ulong NewPrice = 0x2D95B7E1F36A89;
    private const ulong OrderId = 0xE7D1935BA86F42C9;
    private const string VenueIdName = "venue id";
    private const string TokenName = "token";

    [Fact]
    public async Task No_secret_of_an_order_is_found_outside_client_and_enclave()
    {
        var traffic = new TrafficRecorder();
        DarkPoolClientOptions options = EndToEndClient.Options(fixture.Venue.Url) with { Handler = () => traffic };
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options);
        Trader[] traders = await Trader.OpenManyAsync(client, 2, new OrderTally(), CancellationToken.None);
        await TradeAsync(client, traders);
        var secrets = new SecretPatterns()
            .Add("price", Price).Add("quantity", Quantity).Add("new price", NewPrice).Add("client order id", OrderId)
            .AddBytes("account", traders[0].Account.Key.ToArray()).AddBytes("other account", traders[1].Account.Key.ToArray());

        var known = new SecretPatterns()
            .AddBytes(VenueIdName, Convert.FromHexString(VenueId()))
            .AddBytes(TokenName, TradedMarket.Of(client.Venue, null).BaseToken.Span.ToArray());

        await AssertStoreAsync(secrets, known);
        AssertFiles(secrets, known);
        await AssertMetricsAsync(secrets);
        Assert.Empty(secrets.FindIn(traffic.Recorded()));
        AssertFinds(known, VenueIdName, traffic.Recorded());
        AssertMemory(secrets, known);
        output.WriteLine($"secrets: {secrets.Count} patterns, {traffic.Recorded().Length:N0} bytes of traffic");
        foreach (Trader trader in traders)
            await trader.DisposeAsync();
    }

    private static async Task TradeAsync(DarkPoolClient client, Trader[] traders)
    {
        TradedMarket market = TradedMarket.Of(client.Venue, null);
        UInt128 funds = checked((UInt128)Price * Quantity * 4);
        using (EvmKey payer = EvmKey.Parse(DevAccount.Funder.PrivateKey))
        {
            FundingNeed[] needs = [.. traders.Select(trader => new FundingNeed(trader, funds, funds))];
            await VaultFunding.FundAsync(client, market, needs, payer, CancellationToken.None);
        }
        var order = new PlaceOrder(
            OrderId, market.Number, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, (long)Price, Quantity, 0);
        Assert.True((await traders[0].Session.PlaceAsync(order)).IsAccepted);
        Assert.True((await traders[0].Session.ReplaceAsync(new ReplaceOrder(OrderId, (long)NewPrice, Quantity))).IsAccepted);
        CommandOutcome second = await traders[1].Session.PlaceAsync(order with { Side = Side.Sell });
        Assert.True(second.IsAccepted);
        Assert.NotEmpty(await traders[1].Session.QueryBalancesAsync());
        Assert.True((await traders[1].Session.CancelAsync(new CancelOrder(OrderId))).IsAccepted);
    }

    /// <summary>Both what PostgreSQL says and what lies in its files, the write-ahead log included.</summary>
    private async Task AssertStoreAsync(SecretPatterns secrets, SecretPatterns known)
    {
        string connection = RunningStack.Load(new DataFolder(fixture.Venue.Data))!.Postgres;
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        await using (NpgsqlCommand checkpoint = source.CreateCommand("checkpoint"))
            await checkpoint.ExecuteNonQueryAsync();
        var tables = new List<string>();
        await using (NpgsqlCommand list = source.CreateCommand(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (NpgsqlDataReader reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        Assert.Contains(tables, table => table.EndsWith("mt_events", StringComparison.Ordinal));
        long rows = 0;
        var control = new HashSet<string>();
        foreach (string table in tables)
            rows += await AssertTableAsync(source, table, secrets, known, control);
        Assert.True(rows > 10);
        Assert.Contains(control, name => name.StartsWith(TokenName, StringComparison.Ordinal));
        output.WriteLine($"secrets: {rows} rows of {tables.Count} tables");
    }

    private static async Task<long> AssertTableAsync(
        NpgsqlDataSource source, string table, SecretPatterns secrets, SecretPatterns known, HashSet<string> control)
    {
        long rows = 0;
#pragma warning disable CA2100 // The name comes from the catalogue, quoted by it.
        await using NpgsqlCommand command = source.CreateCommand($"select t::text from {table} t");
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows++;
            byte[] row = System.Text.Encoding.UTF8.GetBytes(reader.GetString(0));
            Assert.Empty(secrets.FindIn(row));
            control.UnionWith(known.FindIn(row));
        }
        return rows;
    }

    /// <summary>Cluster, chain, logs: everything in the data folder.</summary>
    private void AssertFiles(SecretPatterns secrets, SecretPatterns known)
    {
        var readable = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.None,
        };
        string[] files = [.. Directory.EnumerateFiles(fixture.Venue.Data, "*", readable)];
        Assert.Contains(files, file => file.Contains("pg_wal", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("host.log", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("enclave.log", StringComparison.Ordinal));
        long bytes = 0;
        var (inLogs, inCluster) = (new HashSet<string>(), new HashSet<string>());
        string logs = Path.GetDirectoryName(new DataFolder(fixture.Venue.Data).Log("host"))!;
        foreach (string file in files)
        {
            byte[] content = Read(file);
            bytes += content.Length;
            Assert.Equal((file, ""), (file, string.Join(", ", secrets.FindIn(content))));
            if (file.StartsWith(logs, StringComparison.Ordinal))
                inLogs.UnionWith(known.FindIn(content));
            else if (file.Contains("pg_wal", StringComparison.Ordinal))
                inCluster.UnionWith(known.FindIn(content));
        }
        Assert.Contains(inLogs, name => name.StartsWith(VenueIdName, StringComparison.Ordinal));
        Assert.Contains(inCluster, name => name.StartsWith(TokenName, StringComparison.Ordinal));
        output.WriteLine($"secrets: {bytes:N0} bytes of {files.Length} files");
    }

    private async Task AssertMetricsAsync(SecretPatterns secrets)
    {
        using var http = new HttpClient { BaseAddress = fixture.Venue.Url };
        byte[] metrics = await http.GetByteArrayAsync("metrics");
        Assert.Empty(secrets.FindIn(metrics));
        AssertFinds(new SecretPatterns().AddText("metric", "darkpool_log_blocks"), "metric", metrics);
    }

    private static void AssertFinds(SecretPatterns known, string name, byte[] place) =>
        Assert.Contains(known.FindIn(place), found => found.StartsWith(name, StringComparison.Ordinal));

    private void AssertMemory(SecretPatterns secrets, SecretPatterns known)
    {
        if (!OperatingSystem.IsLinux())
            return;
        (HashSet<string> inHost, long searched) = ProcessMemory.Search(fixture.Venue.ProcessOf("host"), secrets);
        (HashSet<string> inEnclave, _) = ProcessMemory.Search(fixture.Venue.ProcessOf("enclave"), secrets);
        (HashSet<string> control, _) = ProcessMemory.Search(fixture.Venue.ProcessOf("host"), known);

        Assert.Empty(inHost);
        Assert.Contains(inEnclave, name => name.StartsWith("account", StringComparison.Ordinal));
        Assert.Contains(inEnclave, name => name.StartsWith("client order id", StringComparison.Ordinal));
        Assert.NotEmpty(control);
        output.WriteLine($"secrets: {searched:N0} bytes of the host's memory; the hunt finds {inEnclave.Count} patterns in the enclave's");
    }

    private string VenueId() =>
        DarkPool.Protocol.Identity.Genesis.Parse(File.ReadAllText(new DataFolder(fixture.Venue.Data).Genesis)).VenueId.ToString();

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        catch (IOException)
        {
            // A lock of another process, or gone meanwhile.
            return [];
        }
    }
}
