using System.CommandLine;
using System.Text;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using DarkPool.EventStore.Migrations;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool setup`: what `up` does once, for parts that somebody else runs (docker-compose.yml does).</summary>
internal static class SetupCommand
{
    private const string Description = """
        Prepare a development venue whose parts run elsewhere: migrate the store, deploy the contracts, write genesis and keys into the data
        folder. With --venue also verify and register its enclave and list assets and market. What is there already is left alone.
        """;

    /// <summary>A host that starts beside this command restores its enclave first.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<string?> postgres = SharedOptions.Postgres();
        Option<Uri?> chain = SharedOptions.Chain();
        Option<string?> venue = new("--venue") { HelpName = "URL", Description = "Address of the running host: register and list too." };
        var command = new Command("setup", Description) { data, postgres, chain, venue };
        var trust = new TrustOptions();
        trust.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                using CollateralPlaces collateral = trust.OpenCollateral(parsed, TimeProvider.System);
                FileInfo? policy = parsed.GetValue(trust.Policy);
                return await RunAsync(
                    new DataFolder(parsed.GetRequiredValue(data)),
                    parsed.GetValue(postgres),
                    parsed.GetValue(chain),
                    parsed.GetValue(venue),
                    new EnclaveTrustChoice(policy is null ? AttestationPolicy.Development : PolicyChoice.Read(policy), collateral),
                    token);
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        DataFolder folder, string? postgres, Uri? chain, string? venue, EnclaveTrustChoice trust, CancellationToken cancellation)
    {
        if (postgres is null || chain is null)
            throw new StackException("setup prepares parts that run elsewhere: give --postgres and --chain.");
        foreach (MigrationScript script in await new Migrator(postgres).MigrateAsync(cancellation: cancellation))
            Say("applied " + script.Name);
        OwnerOnlyFile.CreateFolder(folder.Root);
        using EvmKey deployer = PayerKey.Deployer();
        using EvmKey publisher = PayerKey.Publisher();
        using GovernanceKeys governance = GovernanceKeys.LoadOrCreate(folder.Governance);
        using Deployment deployment = await Deployment.EnsureAsync(folder, chain, deployer, governance, TimeProvider.System, cancellation);
        await deployment.RequireFundsAsync(publisher.Address, "publisher", PayerKey.PublisherVariable, cancellation);
        WritePublisherKey(folder, publisher);
        Say($"venue {deployment.Genesis.VenueId}: vault {deployment.Contracts.Vault}, registry {deployment.Contracts.Registry}");
        if (venue is not null)
            await ListAsync(deployment, governance, new Uri(venue), trust, cancellation);
        return ExitCode.Success;
    }

    private static async Task ListAsync(
        Deployment deployment, GovernanceKeys governance, Uri venue, EnclaveTrustChoice trust, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = venue };
        var never = new TaskCompletionSource();
        await new Readiness(http, TimeProvider.System).WaitAsync(never.Task, ReadyLimit, cancellation);
        await EnclaveRegistration.EnsureAsync(deployment, venue, trust, Say, TimeProvider.System, cancellation);
        await new VenueListing(http, deployment.Genesis, governance, deployment.Contracts).EnsureAsync(demo: false, cancellation);
        Say("listed");
    }

    private static void WritePublisherKey(DataFolder folder, EvmKey publisher)
    {
        if (File.Exists(folder.PublisherKey))
            return;
        var secret = new byte[EvmKey.Size];
        publisher.Export(secret);
        byte[] text = Encoding.ASCII.GetBytes("0x" + Convert.ToHexStringLower(secret));
        OwnerOnlyFile.Write(folder.PublisherKey, text);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(text);
    }

    private static void Say(string line) => Console.Error.WriteLine("darkpool: " + line);
}
