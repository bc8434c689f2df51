using DarkPool.Attestation.Policies;
using DarkPool.Client;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>Settings of a client in this process.</summary>
internal static class EndToEndClient
{
    public static DarkPoolClientOptions Options(Uri venue) => new()
    {
        Venue = venue,
        Policy = AttestationPolicy.Development,
        RetryFor = Patience.Long,
    };
}
