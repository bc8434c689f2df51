using System.CommandLine;
using DarkPool.Load.Crash;
using DarkPool.Load.Durable;
using DarkPool.Load.Lend;
using DarkPool.Load.Match;
using DarkPool.Load.Mutate;
using DarkPool.Load.Seal;
using DarkPool.Load.Venue;

var root = new RootCommand("Measures DarkPool on this machine. Every figure stands beside a limit or a peer measured in the same run.");
root.Subcommands.Add(MatchCommand.Create());
root.Subcommands.Add(SealCommand.Create());
root.Subcommands.Add(DurableCommand.Create());
root.Subcommands.Add(VenueCommand.Create());
root.Subcommands.Add(CrashCommand.Create());
root.Subcommands.Add(LendCommand.Create());
root.Subcommands.Add(MutateCommand.Create());
return await root.Parse(args).InvokeAsync();
