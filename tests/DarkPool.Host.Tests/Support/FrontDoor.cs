using System.Net.Http.Headers;
using DarkPool.Host.Hosting;
using DarkPool.Host.Sequencing;
using DarkPool.Local.Files;
using DarkPool.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DarkPool.Host.Tests.Support;

/// <summary>The host's HTTP surface over a real socket, with nothing behind it: what intake takes stays there to be looked at.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("darkpool host");
    private readonly WebApplication _app;

    private FrontDoor(ClientLimits limits, Genesis genesis)
    {
        var file = _folder.Sub("genesis.json");
        File.WriteAllText(file, genesis.ToJson());
        var settings = new HostSettings
        {
            Enclave = "unix:/nowhere",
            Postgres = "Host=nowhere",
            GenesisFile = file,
            Urls = "http://127.0.0.1:0",
            Clients = limits,
        };
        _app = VenueHost.Build(settings, services =>
        {
            foreach (var service in services.Where(service => service.ImplementationType == typeof(VenueService)).ToList())
                services.Remove(service);
        });
    }

    public HttpClient Http { get; } = new();

    public Intake Intake => Service<Intake>();

    public Availability Availability => Service<Availability>();

    public static async Task<FrontDoor> OpenAsync(ClientLimits? limits = null, Genesis? genesis = null)
    {
        var door = new FrontDoor(limits ?? new ClientLimits(), genesis ?? TestVenue.Genesis);
        await door._app.StartAsync();
        door.Http.BaseAddress = new Uri(door._app.Urls.First());
        door.Availability.Remove(Hindrance.Starting);
        return door;
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<HttpResponseMessage> PostAsync(string path, ReadOnlyMemory<byte> body, string type = "application/octet-stream")
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
