using DarkPool.Attestation.Collaterals;
using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>A venue whose root key comes from the platform's agent, before and after its enclave was gone.</summary>
public sealed class RestartedVenueTests
{
    [Fact]
    public async Task The_same_keys_and_snapshot_come_back_from_the_agent_and_sessions_go_on()
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool restarted");
        await using var dstack = new FakeDstack();
        string policy = FakePlatform.Save(dstack.Policy, folder.Sub("policy.json"));
        string collateral = FakePlatform.Save(dstack.Collateral, folder.Sub("collateral.json"));
        string[] arguments =
            ["--provider", "dstack", "--platform", dstack.Path, "--policy", policy, "--collateral", collateral];
        using Key account = Key.Create(SignatureAlgorithm.Ed25519);
        EnclaveIdentity before;

        // Stopping in order, the host has a snapshot sealed.
        await using (RunningVenue venue = await RunningVenue.StartAsync(folder.Sub("venue"), null, arguments))
        {
            await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(Options(venue, dstack, collateral));
            await using DarkPoolSession session = await client.OpenSessionAsync(new SessionOptions { Account = account });
            Assert.True((await (await session.SubmitCoverAsync()).Outcome.WaitAsync(Patience.Long)).IsAccepted);
            before = client.Enclave.Identity;
            Assert.Equal(0, await venue.StopAsync());
        }

        await using RunningVenue again = await RunningVenue.StartAsync(folder.Sub("venue"), null, arguments);
        await using DarkPoolClient later = await DarkPoolClient.ConnectAsync(Options(again, dstack, collateral));
        AssertSame(before, later.Enclave.Identity);
        await using DarkPoolSession held = await later.OpenSessionAsync(new SessionOptions { Account = account });
        await (await held.SubmitCoverAsync()).Outcome.WaitAsync(Patience.Long);

        await again.KillAsync("enclave");

        // The session that was open goes on, and a new client finds the same enclave.
        Assert.True((await (await held.SubmitCoverAsync()).Outcome.WaitAsync(Patience.Long)).IsAccepted);
        Assert.False((await held.CancelAsync(new CancelOrder(1)).WaitAsync(Patience.Long)).IsAccepted);
        await using DarkPoolClient newcomer = await DarkPoolClient.ConnectAsync(Options(again, dstack, collateral));
        AssertSame(before, newcomer.Enclave.Identity);
        string log = await File.ReadAllTextAsync(Path.Combine(again.Data, "logs", "host.log"));
        Assert.Matches(@"Restoring the enclave from block [1-9]", log);
        Assert.DoesNotMatch(@"restored to block 0\D", await LastStartAsync(again));
    }

    /// <summary>What the enclave that runs now has said.</summary>
    private static async Task<string> LastStartAsync(RunningVenue venue)
    {
        string log = await File.ReadAllTextAsync(Path.Combine(venue.Data, "logs", "enclave.log"));
        return log[log.LastIndexOf("listening on", StringComparison.Ordinal)..];
    }

    private static void AssertSame(EnclaveIdentity before, EnclaveIdentity after)
    {
        Assert.Equal(before.SigningKey, after.SigningKey);
        Assert.Equal(before.EvmAddress, after.EvmAddress);
        Assert.Equal((before.KeyEpoch, before.EncryptionKey), (after.KeyEpoch, after.EncryptionKey));
    }

    private static DarkPoolClientOptions Options(RunningVenue venue, FakeDstack dstack, string collateral) => new()
    {
        Venue = venue.Url, Policy = dstack.Policy, Collateral = new FileCollateral(collateral), RetryFor = Patience.Long,
    };
}
