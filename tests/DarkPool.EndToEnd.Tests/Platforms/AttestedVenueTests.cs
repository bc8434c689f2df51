using System.Text.Json;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Cli.Commands;
using DarkPool.Cli.Tests;
using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using NSec.Cryptography;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>Whole venues whose enclave is attested by each provider, from a fake of its platform.</summary>
public sealed class AttestedVenueTests
{
    [Theory]
    [InlineData("tsm")]
    [InlineData("dstack")]
    [InlineData("rofl")]
    public async Task A_client_seals_to_the_enclave_it_expects_and_to_no_other(string provider)
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool attested");
        await using FakePlatform platform = FakePlatform.Of(provider);
        string policy = FakePlatform.Save(platform.Policy, folder.Sub("policy.json"));
        string collateral = FakePlatform.Save(platform.Collateral, folder.Sub("collateral.json"));
        await using RunningVenue venue = await RunningVenue.StartAsync(
            folder.Sub("venue"), null,
            [
                "--provider", provider, "--platform", platform.Path, "--policy", policy, "--collateral", collateral,
                .. platform.MoreArguments,
            ]);
        await using var relay = new HostileRelay(venue.Url);
        var judge = new VenueJudge(relay, folder);

        await judge.AcceptsAsync(policy, collateral);
        await judge.RefusesAsync(platform.OtherProgram, platform.Collateral, Refusal.MeasurementNotAllowed);
        await judge.RefusesAsync(platform.Production, platform.Collateral, platform.ProductionRefusal);
        await judge.RefusesAsync(platform.Policy, platform.Revoked, platform.RevokedRefusal);
        await judge.RefusesAsync(platform.Policy, platform.Outdated, [.. platform.OutdatedRefusals]);
        relay.OwnKey = true;
        await judge.RefusesAsync(platform.Policy, platform.Collateral, Refusal.ReportDataMismatch);
        (relay.OwnKey, relay.OldEvidence) = (false, true);
        await judge.RefusesAsync(platform.Policy, platform.Collateral, Refusal.ReportDataMismatch);
        relay.OldEvidence = false;
        await judge.OrdersAreRefusedAsync(platform.Revoked);

        Assert.Equal(0, relay.Sealed);
        await judge.OrdersAreTakenAsync(collateral);
        await OpenSessionAsync(judge.Options(platform.Policy, new FileCollateral(collateral)));
        Assert.True(relay.Sealed > 0, "The relay sees what is sealed when something is.");
    }

    [Fact]
    public async Task On_the_simulated_platform_all_is_refused_that_can_be_wrong_there()
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool simulated");
        AttestationPolicy policy = AttestationPolicy.Development;
        var none = new Collateral();
        await using RunningVenue venue = await RunningVenue.StartAsync(folder.Sub("venue"));
        await using var relay = new HostileRelay(venue.Url);
        var judge = new VenueJudge(relay, folder);

        await judge.AcceptsAsync(FakePlatform.Save(policy, folder.Sub("policy.json")), FakePlatform.Save(none, folder.Sub("none.json")));
        await judge.RefusesAsync(policy with { Measurements = [OtherProgram] }, none, Refusal.MeasurementNotAllowed);
        await judge.RefusesAsync(policy with { DevelopmentRoots = [] }, none, Refusal.DevelopmentRootNotNamed);
        await judge.RefusesAsync(policy with { Providers = ["tsm", "dstack", "rofl"] }, none, Refusal.ProviderNotAllowed);
        relay.OwnKey = true;
        await judge.RefusesAsync(policy, none, Refusal.ReportDataMismatch);
        (relay.OwnKey, relay.OldEvidence) = (false, true);
        // On a busy machine the old statement may be past its time besides.
        await judge.RefusesAsync(policy, none, Refusal.ReportDataMismatch, Refusal.StatementExpired);

        Assert.Equal(0, relay.Sealed);
    }

    private static MeasurementRule OtherProgram => new()
    {
        Name = "another program",
        Kind = EvidenceKind.Simulated,
        Values = new SortedDictionary<string, string> { ["program"] = new string('5', 64) },
    };

    private static async Task OpenSessionAsync(DarkPoolClientOptions options)
    {
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options);
        using Key account = Key.Create(SignatureAlgorithm.Ed25519);
        await using DarkPoolSession session = await client.OpenSessionAsync(new SessionOptions { Account = account });
        Assert.NotNull(session);
    }

    /// <summary>Judges a venue twice: by the command line, which says why, and by a client, which then seals nothing.</summary>
    private sealed class VenueJudge(HostileRelay relay, TemporaryFolder folder)
    {
        private int _files;

        public DarkPoolClientOptions Options(AttestationPolicy policy, ICollateralSource source) => new()
        {
            Venue = relay.Url,
            Policy = policy,
            Collateral = source,
            RetryFor = Patience.Long,
        };

        private async Task<int> CancelAllAsync(string collateral)
        {
            (int code, _) = await CommandInProcess.RunAsync(
                "order", "cancel-all", "--key", folder.Sub("account.key"), "--venue", relay.Url.ToString(),
                "--policy", folder.Sub("policy.json"), "--collateral", collateral);
            return code;
        }

        public async Task AcceptsAsync(string policy, string collateral)
        {
            (int code, JsonElement result) = await CommandInProcess.RunJsonAsync(
                "attest", "verify", "--venue", relay.Url.ToString(), "--policy", policy, "--collateral", collateral);
            Assert.True(code == ExitCode.Success, result.ToString());
            Assert.True(result.GetProperty("accepted").GetBoolean());
        }

        /// <summary>`order` asks the same collateral as `attest verify`, and seals nothing where that one refuses.</summary>
        public async Task OrdersAreRefusedAsync(Collateral collateral)
        {
            await CommandInProcess.RunAsync("account", "create", "--key", folder.Sub("account.key"));
            Assert.Equal(ExitCode.Failure, await CancelAllAsync(FakePlatform.Save(collateral, folder.Sub("revoked.json"))));
        }

        public async Task OrdersAreTakenAsync(string collateral) => Assert.Equal(ExitCode.Success, await CancelAllAsync(collateral));

        public async Task RefusesAsync(AttestationPolicy policy, Collateral collateral, params Refusal[] expected)
        {
            _files++;
            string policyFile = FakePlatform.Save(policy, folder.Sub($"policy-{_files}.json"));
            string collateralFile = FakePlatform.Save(collateral, folder.Sub($"collateral-{_files}.json"));
            (int code, string text) = await CommandInProcess.RunAsync(
                "attest", "verify", "--venue", relay.Url.ToString(), "--policy", policyFile, "--collateral", collateralFile);
            Assert.Equal(ExitCode.Refused, code);
            Assert.Contains(expected, refusal => text.Contains($"refused: {refusal}: ", StringComparison.Ordinal));
            Assert.Contains("  REFUSED  ", text, StringComparison.Ordinal);

            DarkPoolException refused = await Assert.ThrowsAsync<DarkPoolException>(
                () => DarkPoolClient.ConnectAsync(Options(policy, new FileCollateral(collateralFile))));
            Assert.Equal(DarkPoolError.EvidenceRefused, refused.Error);
            Assert.Contains(expected, refusal => refused.Message.Contains(refusal.ToString(), StringComparison.Ordinal));
        }
    }
}
