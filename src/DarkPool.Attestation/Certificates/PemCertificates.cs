using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Attestation.Certificates;

/// <summary>Certificates in textual encoding (RFC 7468), one after another; white space and a closing NUL may stand between.</summary>
internal static class PemCertificates
{
    /// <summary>Longest text read, in bytes.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Longest chain read: leaf, two authorities, root.</summary>
    public const int MaxCount = 4;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN CERTIFICATE-----"u8;

    private static ReadOnlySpan<byte> End => "-----END CERTIFICATE-----"u8;

    /// <summary>Reads 1 to <see cref="MaxCount"/> certificates.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out List<Certificate>? certificates)
    {
        certificates = null;
        if (text.Length > MaxLength) return false;
        var read = new List<Certificate>();
        while (true)
        {
            text = SkipBlank(text);
            if (text.IsEmpty) break;
            if (read.Count == MaxCount || !text.StartsWith(Begin)) return false;
            text = text[Begin.Length..];
            var end = text.IndexOf(End);
            if (end < 0 || !TryDecode(text[..end], out var certificate)) return false;
            read.Add(certificate);
            text = text[(end + End.Length)..];
        }

        certificates = read;
        return read.Count > 0;
    }

    /// <summary>Reads one certificate from DER or PEM.</summary>
    public static bool TryReadOne(ReadOnlyMemory<byte> derOrPem, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        if (!SkipBlank(derOrPem.Span).StartsWith(Begin)) return Certificate.TryRead(derOrPem, out certificate);
        if (!TryRead(derOrPem.Span, out var list) || list.Count != 1) return false;
        certificate = list[0];
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> base64, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        if (base64.Length > 2 * Certificate.MaxLength) return false;
        var der = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Base64.DecodeFromUtf8(base64, der, out _, out var written) == OperationStatus.Done
            && Certificate.TryRead(der.AsMemory(0, written), out certificate);
    }

    private static ReadOnlySpan<byte> SkipBlank(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept(" \t\r\n\0"u8);
        return start < 0 ? [] : text[start..];
    }
}
