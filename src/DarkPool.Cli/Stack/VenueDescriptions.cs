using System.Net.Http.Json;
using System.Text.Json;
using DarkPool.Cli.Processes;
using DarkPool.Client.Venue;

namespace DarkPool.Cli.Stack;

/// <summary>What a venue says of itself.</summary>
internal static class VenueDescriptions
{
    /// <summary>Asks a venue.</summary>
    /// <param name="http">Its base address is the venue's.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">The answer is empty.</exception>
    /// <exception cref="HttpRequestException">The venue does not answer, or not with a description.</exception>
    public static async Task<VenueDescription> ReadAsync(HttpClient http, CancellationToken cancellation) =>
        await http.GetFromJsonAsync<VenueDescription>("v1/venue", JsonSerializerOptions.Web, cancellation)
        ?? throw new StackException("The venue does not describe itself.");
}
