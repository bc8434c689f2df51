using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Enclave.Tests.NonInterference;

/// <summary>
/// Non-interference: two logs that differ only in the secrets of orders that do not trade, and of loans, look the same to the host: the
/// same frames of the same lengths in the same order, the same public results (of reserve sheets, the same lengths: totals are public),
/// the same frames of report streams.
/// </summary>
public sealed class HostViewTests : IDisposable
{
    private const int Clients = 3;

    private static readonly RateClass[] Classes = [RateClass.Slow, RateClass.Medium, RateClass.Fast];

    private readonly TestPlatform _platform = new();
    private readonly TestVenue _setup;

    public HostViewTests()
    {
        _setup = TestVenue.Listed(_platform);
        _setup.Run(LendingListings.Of(_setup));
        _setup.Run(
            LendingListings.Price(TestVenue.BaseAsset, 1, TestVenue.StartTime, 200_000),
            LendingListings.Price(TestVenue.QuoteAsset, 1, TestVenue.StartTime, 100));
    }

    public void Dispose()
    {
        _setup.Dispose();
        _platform.Dispose();
    }

    [Property(MaxTest = 25)]
    public Property Secrets_of_orders_that_do_not_trade_leave_no_mark_in_what_the_host_sees()
    {
        var logs = Gen.ListOf(Gen.ListOf(Slot.Any(Clients)).Select(slots => slots.Take(40).ToList())).Select(blocks =>
            blocks.Take(6).ToList());
        return Prop.ForAll(logs.ToArbitrary(), log =>
        {
            var left = SeeAsync(log.ConvertAll(block => block.ConvertAll(slot => (slot.Client, slot.Left)))).GetAwaiter().GetResult();
            var right = SeeAsync(log.ConvertAll(block => block.ConvertAll(slot => (slot.Client, slot.Right)))).GetAwaiter().GetResult();
            Assert.Equal(left, right);
        });
    }

    [Fact]
    public async Task The_comparison_sees_a_trade()
    {
        var sell = new SecretCommand(CommandType.PlaceOrder, 1, TestVenue.Market, Buys: false, 100, 10, 1);
        var buy = new SecretCommand(CommandType.PlaceOrder, 2, TestVenue.Market, Buys: true, 100, 10, 1);

        var quiet = await SeeAsync([[(0, sell), (1, buy with { Price = 99 })]]);
        var trade = await SeeAsync([[(0, sell), (1, buy)]]);

        Assert.NotEqual(quiet, trade);
    }

    private async Task<List<string>> SeeAsync(List<List<(int Client, SecretCommand Command)>> blocks)
    {
        var sealedKeys = _setup.Keys.Epochs.Seal(_setup.Keys.Seal, TestGenesis.Genesis.VenueId);
        await using var host = await HostView.OpenAsync(_platform, sealedKeys);
        using var chain = new TestChainOfBlocks();
        foreach (var listing in _setup.Entries) await host.ReplayAsync(chain.Next([listing]));
        var clients = Enumerable.Range(0, Clients).Select(i => _setup.NewClient((byte)(50 + i), Classes[i])).ToList();
        var hellos = await host.ReplayAsync(chain.Next(clients.Select(client => TestVenue.Sealed(client.Session.Hello.ToArray()))));
        for (var i = 0; i < Clients; i++) clients[i].Session.Bind(SessionNumber.At(hellos.Number, i));
        await host.ReplayAsync(chain.Next(clients.SelectMany((client, i) => Funding(client, (ulong)i))));
        foreach (var client in clients) await host.AttachAsync(client);

        foreach (var block in blocks)
        {
            await host.ReplayAsync(chain.Next(block.Select(slot => TestVenue.Sealed(slot.Command.Seal(clients[slot.Client])))));
            foreach (var rateClass in Classes) await host.DrawAsync((byte)rateClass);
            await host.StatusAsync();
        }

        await host.SnapshotAsync();
        clients.ForEach(client => client.Dispose());
        return host.Trace;
    }

    private IEnumerable<(EntryKind, byte[])> Funding(TestClient client, ulong index)
    {
        yield return _setup.Deposit(client.AccountKey, TestVenue.BaseAsset, 10_000, (2 * index) + 1);
        yield return _setup.Deposit(client.AccountKey, TestVenue.QuoteAsset, 10_000, (2 * index) + 2);
    }
}
