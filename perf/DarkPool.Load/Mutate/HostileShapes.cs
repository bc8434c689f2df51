using System.Globalization;
using System.Text;

namespace DarkPool.Load.Mutate;

/// <summary>Inputs of any length whose structure invites a reader to do much work.</summary>
internal static class HostileShapes
{
    /// <summary>Some place in a quote's signature data.</summary>
    private const int Certificates = 700;

    /// <summary>From a length to an input of about that many bytes, by name.</summary>
    public static IEnumerable<(string Shape, Func<int, byte[]> Make)> All(byte[] quote)
    {
        yield return ("certificate headers", length => Repeated("-----BEGIN CERTIFICATE-----\n"u8, length));
        yield return (
            "headers within a quote", length => [.. quote[..Certificates], .. Repeated("-----BEGIN CERTIFICATE-----\n"u8, length)]);
        yield return ("indefinite DER", length => Repeated([0x30, 0x80], length));
        yield return ("nested DER", NestedDer);
        yield return ("brackets", length => Repeated("["u8, length));
        yield return ("members of many names", ManyMembers);
        yield return ("members of one name", length => Joined("{\"a\":0", ",\"a\":0", "}", length));
        yield return ("events", length => Joined("[" + Event, "," + Event, "]", length));
        yield return ("numbers", length => Joined("[1", ",1", "]", length));
        yield return ("one string", length => Joined("{\"tcbInfo\":\"", "\\u0041", "\",\"signature\":\"00\"}", length));
        yield return ("bytes after a quote", length => [.. quote, .. new byte[Math.Max(0, length - quote.Length)]]);
        yield return ("zeros", length => new byte[length]);
    }

    private static string Event => $$"""{"imr":0,"event_type":1,"digest":"{{new string('0', 96)}}","event":"","event_payload":""}""";

    private static byte[] Repeated(ReadOnlySpan<byte> block, int length)
    {
        var bytes = new byte[length / block.Length * block.Length];
        for (var offset = 0; offset < bytes.Length; offset += block.Length) block.CopyTo(bytes.AsSpan(offset));
        return bytes;
    }

    private static byte[] Joined(string head, string block, string tail, int length)
    {
        var text = new StringBuilder(head, length + tail.Length);
        while (text.Length < length) text.Append(block);
        return Encoding.ASCII.GetBytes(text.Append(tail).ToString());
    }

    private static byte[] ManyMembers(int length)
    {
        var text = new StringBuilder("{\"a\":0", length);
        for (var index = 0; text.Length < length; index++) text.Append(CultureInfo.InvariantCulture, $",\"{index}\":0");
        return Encoding.ASCII.GetBytes(text.Append('}').ToString());
    }

    /// <summary>Sequences within sequences, each with its right length.</summary>
    private static byte[] NestedDer(int length)
    {
        var bytes = new byte[length / 5 * 5];
        for (var offset = 0; offset < bytes.Length; offset += 5)
        {
            var inner = bytes.Length - offset - 5;
            bytes[offset] = 0x30;
            bytes[offset + 1] = 0x83;
            (bytes[offset + 2], bytes[offset + 3], bytes[offset + 4]) = ((byte)(inner >> 16), (byte)(inner >> 8), (byte)inner);
        }

        return bytes;
    }
}
