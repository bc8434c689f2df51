using System.Text.Json;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using Npgsql;

namespace DarkPool.EndToEnd.Tests.Compose;

/// <summary>The venue that docker-compose.yml describes works, as far as that shows without an engine.</summary>
public sealed class ComposeTests
{
    [Fact]
    public async Task The_services_of_the_compose_file_make_a_venue_that_trades_and_comes_back_when_its_host_is_killed()
    {
        await using var venue = new ComposedVenue();
        await venue.StartAsync();
        using var scratch = TemporaryFolder.Create("darkpool compose day");
        SyntheticDay day = SyntheticDay.Write(scratch.Sub("day.csv"), seed: 23, count: 2_000);

        Assert.Equal(day.TradedQuantity, await ReplayAsync(venue, day));
        await venue.KillAsync("host");

        JsonElement status = (await Darkpool.RunAsync("status", "--venue", venue.Url.ToString(), "--json")).Result();
        Assert.Equal("live", status.GetProperty("state").GetString());
        Assert.Equal(day.TradedQuantity, await ReplayAsync(venue, day));
    }

    [Fact]
    public void Every_service_that_stays_has_a_health_check_and_waits_for_what_it_needs()
    {
        ComposeFile file = ComposeFile.OfRepository();

        foreach (ComposeService service in file.Services.Where(service => service.Command is not ["setup", ..]))
            Assert.NotEmpty(service.HealthCheck);
        foreach ((string need, string condition) in file.Services.SelectMany(service => service.Needs))
            Assert.Equal(file[need].Command is ["setup", ..] ? "service_completed_successfully" : "service_healthy", condition);
    }

    [Fact]
    public void The_connection_string_of_the_compose_file_is_that_of_its_database()
    {
        ComposeFile file = ComposeFile.OfRepository();
        IReadOnlyDictionary<string, string> server = file["postgres"].Environment;

        foreach (string text in new[] { "setup", "host", "listing" }.Select(name => file[name].Environment["DARKPOOL_POSTGRES"]))
        {
            var connection = new NpgsqlConnectionStringBuilder(text);
            Assert.Equal("postgres", connection.Host);
            Assert.Equal(server["POSTGRES_DB"], connection.Database);
            Assert.Equal(server["POSTGRES_USER"], connection.Username);
            Assert.Equal(server["POSTGRES_PASSWORD"], connection.Password);
        }
    }

    private static async Task<ulong> ReplayAsync(ComposedVenue venue, SyntheticDay day)
    {
        JsonElement replay = (await Darkpool.RunAsync(
            "replay", day.Path, "--format", "lobster", "--venue", venue.Url.ToString(), "--json")).Result();
        return replay.GetProperty("tradedQuantity").GetUInt64();
    }
}
