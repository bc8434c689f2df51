using DarkPool.Host.Hosting;

var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
    .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
    .Build();
var settings = new ConfigurationBuilder()
    .AddConfiguration(configuration.GetSection("DarkPool"))
    .AddEnvironmentVariables("DARKPOOL_")
    .Build();
try
{
    return await CommandLine.InvokeAsync(args, settings, VenueHost.RunAsync);
}
catch (HostFailure failure)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return (int)failure.Code;
}
