using System.CommandLine;
using DarkPool.Cli.Demo;
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
        var command = new Command("up", Description) { data, port, postgres, chain, demo };
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            token => RunAsync(
                new StackOptions(
                    new DataFolder(parsed.GetRequiredValue(data)), parsed.GetValue(port),
                    parsed.GetValue(postgres), parsed.GetValue(chain)),
                parsed.GetValue(demo),
                token),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(StackOptions options, bool demo, CancellationToken cancellation)
    {
        Say($"data in {options.Folder.Root}");
        await using VenueStack stack = await VenueStack.StartAsync(options, demo, Say, TimeProvider.System, cancellation);
        Console.Out.WriteLine("ready " + stack.Venue.GetLeftPart(UriPartial.Authority));
        Task trading = demo ? DemoRun.RunAsync(stack.Venue, Say, TimeProvider.System, cancellation) : Task.CompletedTask;
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
