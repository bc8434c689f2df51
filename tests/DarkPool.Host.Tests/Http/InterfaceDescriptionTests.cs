using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DarkPool.Host.Tests.Support;
using Xunit;

namespace DarkPool.Host.Tests.Http;

public sealed partial class InterfaceDescriptionTests : IAsyncLifetime
{
    private FrontDoor _door = null!;

    public async Task InitializeAsync() => _door = await FrontDoor.OpenAsync();

    public async Task DisposeAsync() => await _door.DisposeAsync();

    [Fact]
    public async Task The_description_names_every_call_of_the_protocol()
    {
        using var document = JsonDocument.Parse(await _door.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var calls = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(
            [
                "GET /healthz", "GET /readyz", "GET /v1/attestation", "GET /v1/blocks/{n}", "GET /v1/liquidations", "GET /v1/reports",
                "GET /v1/reserves", "GET /v1/tape", "GET /v1/venue",
                "POST /v1/envelopes", "POST /v1/governance", "POST /v1/prices", "POST /v1/sessions",
            ],
            calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_description_says_that_bodies_are_binary()
    {
        using var document = JsonDocument.Parse(await _door.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var post = document.RootElement.GetProperty("paths").GetProperty("/v1/envelopes").GetProperty("post");
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/octet-stream", out _));
        var answers = post.GetProperty("responses");
        Assert.True(answers.GetProperty("202").GetProperty("content").TryGetProperty("application/octet-stream", out _));
        Assert.True(answers.GetProperty("503").GetProperty("content").TryGetProperty("application/problem+json", out _));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/scalar/")]
    public async Task A_page_and_its_scripts_come_from_this_host_alone(string path)
    {
        var page = await _door.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        Assert.DoesNotMatch(ForeignReference(), page);
        var scripts = ScriptSource().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            using var response = await _door.Http.GetAsync(new Uri(new Uri(_door.Http.BaseAddress!, path), script));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task The_landing_page_forbids_itself_everything_foreign()
    {
        using var response = await _door.GetAsync("/");
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_there_and_have_no_labels_of_clients()
    {
        using var refused = await _door.PostAsync("/v1/envelopes", Envelopes.Command(session: 777_777).With(0, 9));
        var metrics = await _door.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("darkpool_http_problems_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("slug=\"unknown-version\"", metrics, StringComparison.Ordinal);
        Assert.Contains("darkpool_ready", metrics, StringComparison.Ordinal);
        Assert.Contains("darkpool_reports_streams", metrics, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("777777", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("session", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("client_address", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("peer_address", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Liveness_does_not_depend_on_readiness()
    {
        _door.Availability.Add(Host.Sequencing.Hindrance.StoreUnavailable);
        using var health = await _door.GetAsync("/healthz");
        using var ready = await _door.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"state":"store-unavailable","reasons":["store-unavailable"]}""", await ready.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("""(src|href)\s*=\s*["'](https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignReference();

    [GeneratedRegex("""<script[^>]*\ssrc\s*=\s*["']([^"']+)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptSource();
}
