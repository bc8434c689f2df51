using DarkPool.Local.Files;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>One venue for the tests of a class.</summary>
public sealed class VenueFixture : IAsyncLifetime
{
    private TemporaryFolder? _folder;
    private RunningVenue? _venue;

    internal RunningVenue Venue => _venue ?? throw new InvalidOperationException("The venue is not started.");

    internal string Scratch(string name) => _folder!.Sub(name);

    public async Task InitializeAsync()
    {
        _folder = TemporaryFolder.Create("darkpool end to end");
        _venue = await RunningVenue.StartAsync(_folder.Sub("venue data"));
    }

    public async Task DisposeAsync()
    {
        if (_venue is not null)
            await _venue.DisposeAsync();
        _folder?.Dispose();
    }
}
