using System.Net;
using System.Threading.RateLimiting;
using DarkPool.Host.Hosting;
using Microsoft.AspNetCore.RateLimiting;

namespace DarkPool.Host.Http;

/// <summary>
/// What one remote address may ask for: requests a second, and report streams at one time. Behind a proxy the address is the proxy's
/// unless forwarded headers are configured; the bounds are set for that.
/// </summary>
internal static class RateLimits
{
    /// <summary>Policy of the report stream.</summary>
    internal const string Streams = "streams";

    /// <summary>Tokens come this often a second, or one at a time if the rate is lower.</summary>
    private const int Replenishments = 10;

    internal static void Configure(RateLimiterOptions options, ClientLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
            RateLimitPartition.GetTokenBucketLimiter(Address(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestsPerSecond,
                TokensPerPeriod = Math.Max(1, limits.RequestsPerSecond / Replenishments),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1) / Math.Min(limits.RequestsPerSecond, Replenishments),
                QueueLimit = 0,
            }));
        options.AddPolicy(Streams, context =>
            RateLimitPartition.GetConcurrencyLimiter(Address(context), _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = limits.StreamsPerAddress,
                QueueLimit = 0,
            }));
        options.OnRejected = (rejected, _) =>
        {
            var endpoint = rejected.HttpContext.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>();
            // Only a token bucket knows when to come back.
            var byRate = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter.Name, out object? _);
            var tooManyStreams = endpoint?.PolicyName == Streams && !byRate;
            return new ValueTask((tooManyStreams ? Problems.TooManyStreams : Problems.RateLimited).ExecuteAsync(rejected.HttpContext));
        };
    }

    private static IPAddress Address(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
