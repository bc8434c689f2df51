using System.CommandLine;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Cli.Demo;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool up`: a whole venue on this machine, until it is interrupted.</summary>
internal static class UpCommand
{
    private const string Description = """
        Start a venue on this machine and keep it running until interrupted: PostgreSQL and a local chain (unless given), the contracts,
        the enclave and the host. A part that dies is started again. The same data folder resumes where it was.
        """;

    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<int?> port = new("--port")
        {
            HelpName = "N",
            Description = $"Port of the venue on 127.0.0.1; 0: any free one [default: {HostPort.Standard}, or a free one if it is taken].",
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65_535)
                result.AddError("--port is a number from 0 to 65535.");
        });
        Option<string?> postgres = SharedOptions.Postgres();
        Option<Uri?> chain = SharedOptions.Chain();
        Option<bool> demo = new("--demo") { Description = "Trade a synthetic order flow on a market of its own, endlessly." };
        Option<string> publisher = new Option<string>("--publisher")
        {
            HelpName = "account|enclave",
            Description = "Who sends settlement batches: an account of the host, or the enclave's platform (rofl).",
            DefaultValueFactory = _ => "account",
        }.AcceptOnlyFromAmong("account", "enclave");
        var command = new Command("up", Description) { data, port, postgres, chain, demo, publisher };
        var platform = new PlatformOptions();
        platform.AddTo(command, serves: true);
        var trust = new TrustOptions();
        trust.AddTo(command);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                EnclavePlatform enclave = platform.Read(parsed);
                bool throughEnclave = parsed.GetValue(publisher) == "enclave";
                if (throughEnclave && enclave.Provider != RoflProvider.ProviderName)
                    throw new StackException($"--publisher enclave needs --provider {RoflProvider.ProviderName}: no other can send.");
                using CollateralPlaces collateral = trust.OpenCollateral(parsed, TimeProvider.System);
                var options = new StackOptions(
                    new DataFolder(parsed.GetRequiredValue(data)), parsed.GetValue(port),
                    parsed.GetValue(postgres), parsed.GetValue(chain))
                {
                    Platform = enclave,
                    PublishesThroughEnclave = throughEnclave,
                    Trust = new EnclaveTrustChoice(PolicyOf(enclave, parsed.GetValue(trust.Policy)), collateral),
                };
                return await RunAsync(options, parsed.GetValue(demo), token);
            },
            cancellation));
        return command;
    }

    /// <summary>The simulated platform of this machine is what `up` starts itself: only for it there is a policy already.</summary>
    private static AttestationPolicy PolicyOf(EnclavePlatform platform, FileInfo? file) =>
        file is not null ? PolicyChoice.Read(file)
        : platform.Provider == SimulatedProvider.ProviderName ? AttestationPolicy.Development
        : throw new StackException($"An enclave on {platform.Provider} needs --policy FILE: what it must prove to be registered.");

    private static async Task<int> RunAsync(StackOptions options, bool demo, CancellationToken cancellation)
    {
        Say($"data in {options.Folder.Root}");
        await using VenueStack stack = await VenueStack.StartAsync(options, demo, Say, TimeProvider.System, cancellation);
        Console.Out.WriteLine("ready " + stack.Venue.GetLeftPart(UriPartial.Authority));
        Task trading = demo ? DemoRun.RunAsync(stack.Venue, options.Trust, Say, TimeProvider.System, cancellation) : Task.CompletedTask;
        try
        {
            await stack.Failure.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Say("stopping");
        }
        finally
        {
            await trading;
        }
        return ExitCode.Success;
    }

    private static void Say(string line) => Console.Error.WriteLine("darkpool: " + line);
}
