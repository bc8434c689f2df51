using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using DarkPool.Attestation;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Tsm;
using DarkPool.Client.Trust;

namespace DarkPool.Cli.Attest;

/// <summary>
/// Evidence from a file, in whatever form it was saved: a venue's answer, dstack's answer to a request for a quote, a bundle, a bare quote
/// or report, a statement; the last four also as hex.
/// </summary>
/// <param name="Evidence">The evidence.</param>
/// <param name="Saved">The venue's answer it came from, with claims and nonce; null for other forms.</param>
internal sealed record EvidenceInput(Evidence Evidence, AttestationDocument? Saved)
{
    private const int MaxLength = 8 * 1024 * 1024;
    private const int SnpReportLength = 1184;

    /// <exception cref="FormatException">The file holds no evidence that is known here.</exception>
    public static EvidenceInput Read(FileInfo file, string? provider, FileInfo? eventLog)
    {
        if (file.Length > MaxLength)
            throw new FormatException($"{file.FullName} is longer than {MaxLength} bytes.");
        byte[] bytes = File.ReadAllBytes(file.FullName);
        if (AttestationDocument.TryParse(bytes, out AttestationDocument? saved))
            return new EvidenceInput(saved.Evidence, saved);
        byte[]? log = eventLog is null ? null : File.ReadAllBytes(eventLog.FullName);
        if (TryReadQuoteAnswer(bytes) is { } answer)
            return new EvidenceInput(Bundled(EvidencePart.DcapQuote, answer.Quote, answer.EventLog, provider), null);
        return new EvidenceInput(Of(TryReadHex(bytes) ?? bytes, log, provider)
            ?? throw new FormatException($"{file.FullName} is no evidence that is known here."), null);
    }

    private static Evidence? Of(byte[] bytes, byte[]? log, string? provider)
    {
        if (bytes.AsSpan().StartsWith("DPSE"u8))
            return new Evidence(SimulatedProvider.ProviderName, bytes);
        if (bytes.AsSpan().StartsWith("DPRF"u8))
            return new Evidence(RoflProvider.ProviderName, bytes);
        if (EvidenceBundle.TryRead(bytes, out EvidenceBundle? bundle))
            return new Evidence(provider ?? Usual(bundle.TryGet(EvidencePart.EventLog, out _)), bytes);
        if (bytes.Length == SnpReportLength)
            return Bundled(EvidencePart.SnpReport, bytes, null, provider);
        bool isQuote = bytes.Length > 4 && BinaryPrimitives.ReadUInt16LittleEndian(bytes) is 3 or 4 or 5;
        return isQuote ? Bundled(EvidencePart.DcapQuote, bytes, log, provider) : null;
    }

    private static Evidence Bundled(EvidencePart part, byte[] bytes, byte[]? log, string? provider)
    {
        EvidenceBundle bundle = new EvidenceBundle().With(part, bytes);
        if (log is not null)
            bundle.With(EvidencePart.EventLog, log);
        return new Evidence(provider ?? Usual(log is not null), bundle.ToBytes());
    }

    /// <summary>Only dstack gives an event log.</summary>
    private static string Usual(bool hasLog) => hasLog ? DstackProvider.ProviderName : TsmProvider.ProviderName;

    private static byte[]? TryReadHex(byte[] bytes)
    {
        Span<byte> text = bytes.AsSpan().Trim(" \t\r\n"u8);
        if (text.StartsWith("0x"u8))
            text = text[2..];
        var decoded = new byte[text.Length / 2];
        var status = Convert.FromHexString(text, decoded, out int read, out _);
        return status == System.Buffers.OperationStatus.Done && read == text.Length && read > 0 ? decoded : null;
    }

    private static (byte[] Quote, byte[]? EventLog)? TryReadQuoteAnswer(byte[] bytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("quote", out JsonElement quote))
                return null;
            byte[]? log = json.RootElement.TryGetProperty("event_log", out JsonElement text) && text.ValueKind == JsonValueKind.String
                ? Encoding.UTF8.GetBytes(text.GetString()!)
                : null;
            return (Convert.FromHexString(quote.GetString()!), log);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
