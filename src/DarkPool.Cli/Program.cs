using DarkPool.Cli.Commands;

return await CommandLine.InvokeAsync(args);
