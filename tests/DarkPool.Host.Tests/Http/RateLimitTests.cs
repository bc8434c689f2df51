using DarkPool.Host.Hosting;
using DarkPool.Host.Tests.Support;
using Xunit;

namespace DarkPool.Host.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_client_past_its_rate_is_told_to_come_back_later()
    {
        await using var door = await FrontDoor.OpenAsync(new ClientLimits { RequestsPerSecond = 1 });
        (await door.GetAsync("/v1/venue")).Dispose();
        using var refused = await RefusedAsync(door);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(
            """{"type":"urn:darkpool:problem:rate-limited","title":"Too many requests","status":429}""",
            await refused.Content.ReadAsStringAsync());
    }

    /// <summary>A token comes once a second, a request takes milliseconds: however slow the machine is, one of many is refused.</summary>
    private static async Task<HttpResponseMessage> RefusedAsync(FrontDoor door)
    {
        for (var request = 0; request < 1_000; request++)
        {
            var response = await door.GetAsync("/v1/venue");
            if (!response.IsSuccessStatusCode) return response;
            response.Dispose();
        }

        throw new InvalidOperationException("None of a thousand requests was refused.");
    }
}
