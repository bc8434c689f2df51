using System.CommandLine;
using System.Globalization;
using DarkPool.Chain.Deployment;
using DarkPool.Chain.Rpc;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using DarkPool.Cli.Verification;
using DarkPool.EventStore;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Commands;

/// <summary>`darkpool verify`: checks the whole log of a venue.</summary>
internal static class VerifyCommand
{
    private const string Description = """
        Check a venue from its data alone: re-read the whole log, check every link and signature, replay it in a fresh enclave, compare
        roots with the recorded ones and settlement batches with those on chain. Ends with code 3 and names the first mismatching block.
        """;

    public static Command Create()
    {
        Option<string> data = SharedOptions.Data();
        Option<string?> postgres = SharedOptions.Postgres();
        Option<Uri?> chain = SharedOptions.Chain();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("verify", Description) { data, postgres, chain, json };
        var platform = new PlatformOptions();
        platform.AddTo(command, serves: false);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                VerifyResult result = await RunAsync(
                    new DataFolder(parsed.GetRequiredValue(data)), parsed.GetValue(postgres), parsed.GetValue(chain),
                    platform.Read(parsed), token);
                Report.Print(result, parsed.GetValue(json));
                if (result.FirstMismatch is null)
                    return ExitCode.Success;
                await Console.Error.WriteLineAsync("darkpool: mismatch: " + result.FirstMismatch);
                return ExitCode.Mismatch;
            },
            cancellation));
        return command;
    }

    private static async Task<VerifyResult> RunAsync(
        DataFolder folder, string? postgres, Uri? chain, EnclavePlatform platform, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Genesis))
            throw new StackException($"There is no venue in {folder.Root}: {Path.GetFileName(folder.Genesis)} is missing.");
        Genesis genesis = Genesis.Parse(await File.ReadAllTextAsync(folder.Genesis, cancellation));
        TimeProvider time = TimeProvider.System;
        await using StoreAccess access = await StoreAccess.OpenAsync(folder, postgres, cancellation);
        await using VenueStore store = await VenueStore.OpenAsync(access.ConnectionString, cancellation: cancellation);
        await using ReplayEnclave enclave = await ReplayEnclave.StartAsync(folder, platform, time, cancellation);
        LogVerification verification = await LogVerification.PrepareAsync(store, genesis, enclave.Link, cancellation);
        long start = time.GetTimestamp();
        Mismatch? mismatch;
        await using (new ProgressLine(() => string.Create(CultureInfo.InvariantCulture, $"block {verification.Read:N0} read"), time))
            mismatch = await verification.RunAsync(cancellation);
        double seconds = time.GetElapsedTime(start).TotalSeconds;

        (int onChain, string? problem) = await CompareAsync(folder, chain, genesis, store, verification, cancellation);
        return new VerifyResult
        {
            Blocks = verification.Blocks,
            Envelopes = verification.Envelopes,
            Batches = verification.Batches.Count,
            BatchesOnChain = onChain,
            RootsMatch = mismatch is null,
            ChainMatches = problem is null,
            Seconds = Math.Round(seconds, 3),
            EnvelopesPerSecond = Math.Round(verification.Envelopes / seconds),
            FirstMismatch = mismatch?.ToString() ?? problem,
        };
    }

    private static async Task<(int OnChain, string? Problem)> CompareAsync(
        DataFolder folder, Uri? given, Genesis genesis, VenueStore store, LogVerification verification, CancellationToken cancellation)
    {
        await using ChainAccess chain = await ChainAccess.OpenAsync(folder, given, cancellation);
        using var rpc = new JsonRpcClient(chain.Url);
        ulong from = File.Exists(folder.Deployment) ? VenueDeployment.Load(folder.Deployment).Block : 0;
        ulong confirmed = (await store.ReadStatusAsync(cancellation)).SettlementConfirmed;
        return await new ChainVerification(new EvmNode(rpc), genesis).CompareAsync(from, verification.Batches, confirmed, cancellation);
    }
}
