using System.Text.Json;
using DarkPool.Attestation.Collaterals;
using DarkPool.Cli.Stack;
using DarkPool.Client;
using DarkPool.Client.Venue;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>A venue on ROFL whose settlement batches are sent by the application's own account, through the enclave.</summary>
public sealed class RoflPublicationTests
{
    [Fact]
    public async Task Settlement_batches_are_published_by_the_platforms_account()
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool rofl");
        await using var rofl = new FakeRofl();
        string policy = FakePlatform.Save(rofl.Policy, folder.Sub("policy.json"));
        string collateral = FakePlatform.Save(rofl.Collateral, folder.Sub("collateral.json"));
        string[] trust = ["--policy", policy, "--collateral", collateral];
        await using RunningVenue venue = await RunningVenue.StartAsync(
            folder.Sub("venue"), null, ["--provider", "rofl", "--platform", rofl.Path, "--publisher", "enclave", .. trust]);
        string account = DevAccount.Spare.Address.ToLowerInvariant();
        using var chain = new RoflChain(new Uri(RunningStack.Load(new DataFolder(venue.Data))!.Chain), account);
        rofl.Chain = chain.Submit;

        SyntheticDay day = SyntheticDay.Write(folder.Sub("day.csv"), seed: 31, count: 400);
        JsonElement replay = (await Darkpool.RunAsync(
            ["replay", day.Path, "--format", "lobster", "--venue", venue.Url.ToString(), "--json", "--accounts", "4", .. trust])).Result();

        Assert.Equal(day.TradedQuantity, replay.GetProperty("tradedQuantity").GetUInt64());
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(new DarkPoolClientOptions
        {
            Venue = venue.Url, Policy = rofl.Policy, Collateral = new FileCollateral(collateral), RetryFor = Patience.Long,
        });
        TapePage tape = await client.GetTapeAsync(0, 1_000);
        string[] transactions = [.. tape.Batches.Select(batch => batch.Transaction).OfType<string>().Distinct()];
        Assert.NotEmpty(transactions);
        foreach (string transaction in transactions)
            Assert.Equal(account, await chain.SenderOfAsync(transaction));
        Assert.Equal(0, await venue.StopAsync());
        JsonElement verify = (await Darkpool.RunAsync(
            "verify", "--data", venue.Data, "--provider", "rofl", "--platform", rofl.Path, "--json")).Result();
        Assert.True(verify.GetProperty("rootsMatch").GetBoolean());
        Assert.True(verify.GetProperty("chainMatches").GetBoolean());
    }
}
