using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace DarkPool.Host.Http;

/// <summary>Reads a whole binary body into a pooled array, bounded before a byte of it is kept.</summary>
internal static class RequestBody
{
    internal const string MediaType = "application/octet-stream";

    /// <summary>Where the array of a body without a declared length begins.</summary>
    private const int FirstGuess = 16 * 1024;

    /// <summary>The body; or why it is refused. The caller disposes it.</summary>
    internal static async ValueTask<Answer<PooledBytes>> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        var typed = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (!typed || !type!.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)) return Problems.UnsupportedMediaType;
        if (request.ContentLength > Hosting.ClientLimits.BodyBytes) return Problems.TooLarge;
        var array = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstGuess));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(context.RequestAborted);
                var total = length + read.Buffer.Length;
                if (total > Hosting.ClientLimits.BodyBytes)
                {
                    ArrayPool<byte>.Shared.Return(array);
                    return Problems.TooLarge;
                }

                if (total > array.Length) array = Grown(array, length, (int)total);
                read.Buffer.CopyTo(array.AsSpan(length));
                length = (int)total;
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(array);
            throw;
        }

        if (length > 0) return new PooledBytes(array, length);
        ArrayPool<byte>.Shared.Return(array);
        return Problems.EmptyBody;
    }

    private static byte[] Grown(byte[] array, int used, int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, array.Length * 2));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        return larger;
    }
}
