using System.Net;

namespace DarkPool.Attestation.Collaterals;

/// <summary>Fetches collateral with a bound on its length. Every failure is an <see cref="IOException"/>.</summary>
internal sealed class CollateralHttp(HttpClient client)
{
    /// <summary>Longest answer read, in bytes.</summary>
    private const int MaxLength = 4 * 1024 * 1024;

    /// <summary>The body, and the value of a header if one is asked for.</summary>
    public async Task<(byte[] Body, string? Header)> GetAsync(Uri address, string? header, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK) throw new IOException($"{address} answered {(int)response.StatusCode}.");
            var body = await ReadAsync(response, address, cancellationToken);
            string? value = null;
            if (header is not null && response.Headers.TryGetValues(header, out var values)) value = values.First();
            return (body, value);
        }
        catch (HttpRequestException exception)
        {
            throw new IOException($"{address} cannot be reached.", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{address} did not answer in time.", exception);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, cancellationToken) is var read && read > 0)
        {
            if (body.Length + read > MaxLength) throw new IOException($"{address} answered more than {MaxLength} bytes.");
            body.Write(chunk, 0, read);
        }

        return body.ToArray();
    }
}
