using System.Diagnostics.CodeAnalysis;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Dcap;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Snp;

namespace DarkPool.Attestation;

/// <summary>
/// What evidence says of itself. NOTHING here is verified: it is for people who look at evidence and for drafts of policies.
/// </summary>
public sealed record EvidenceOutline
{
    /// <summary>The kind of evidence.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>Version of the quote, report or statement.</summary>
    public required int Version { get; init; }

    /// <summary>The 64 bytes chosen by the attested program.</summary>
    public required ReadOnlyMemory<byte> ReportData { get; init; }

    /// <summary>Measurements by name, as in <see cref="EvidenceFacts.Measurements"/>.</summary>
    public required IReadOnlyDictionary<string, string> Measurements { get; init; }

    /// <summary>Security version numbers by name.</summary>
    public IReadOnlyDictionary<string, ulong> Numbers { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Remarkable facts.</summary>
    public EvidenceFlags Flags { get; init; }

    /// <summary>What the guest measured while it ran (dstack), if the log gives the registers; empty elsewhere.</summary>
    public IReadOnlyList<RuntimeEvent> RuntimeEvents { get; init; } = [];

    /// <summary>What else it says, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>Reads evidence without verifying it; false if it has not the format that its provider's name promises.</summary>
    public static bool TryRead(Evidence evidence, [NotNullWhen(true)] out EvidenceOutline? outline)
    {
        outline = evidence.Bytes.Length > Evidence.MaxLength ? null : evidence.Provider switch
        {
            SimulatedProvider.ProviderName => OfSimulated(evidence.Bytes),
            RoflProvider.ProviderName => OfRofl(evidence.Bytes),
            _ => OfBundle(evidence.Bytes),
        };
        return outline is not null;
    }

    private static EvidenceOutline? OfSimulated(byte[] bytes) => !SimulatedStatement.TryRead(bytes, out var statement) ? null : new()
    {
        Kind = EvidenceKind.Simulated,
        Version = SimulatedStatement.CurrentVersion,
        ReportData = statement.ReportData.ToArray(),
        Measurements = new Dictionary<string, string> { ["program"] = Convert.ToHexStringLower(statement.Measurement) },
        Details =
        [
            ("development root", Convert.ToHexStringLower(statement.Root)), ("made at", StatementTime.Text(statement.TimeMicroseconds)),
        ],
    };

    private static EvidenceOutline? OfRofl(byte[] bytes) => !RoflStatement.TryRead(bytes, out var statement) ? null : new()
    {
        Kind = EvidenceKind.Rofl,
        Version = RoflStatement.CurrentVersion,
        ReportData = statement.ReportData,
        Measurements = new Dictionary<string, string>
        {
            ["appid"] = statement.AppId, ["evidencekey"] = Convert.ToHexStringLower(statement.EvidenceKey),
        },
        Details = [("made at", StatementTime.Text(statement.TimeMicroseconds))],
    };

    private static EvidenceOutline? OfBundle(byte[] bytes)
    {
        if (!EvidenceBundle.TryRead(bytes, out var bundle)) return null;
        if (bundle.TryGet(EvidencePart.SnpReport, out var report)) return OfReport(report);
        if (!bundle.TryGet(EvidencePart.DcapQuote, out var quote)) return null;
        bundle.TryGet(EvidencePart.EventLog, out var log);
        return OfQuote(quote, log);
    }

    private static EvidenceOutline? OfQuote(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> json)
    {
        DcapQuote.TryRead(bytes, out var quote);
        if (quote is null) return null;
        var facts = DcapFacts.OfBody(quote);
        var measurements = new Dictionary<string, string>(facts.Measurements);
        IReadOnlyList<RuntimeEvent> events = [];
        if (facts.Kind == EvidenceKind.Tdx && EventLog.TryRead(json, out var log) && log.Explains(new TdReport(quote.Body)))
        {
            events = log.RuntimeEvents;
            log.AddMeasured(measurements);
        }

        List<(string, string)> details = [("body", quote.BodyType.ToString()), ("bytes after the quote", $"{quote.TrailingLength}")];
        if (Certificates.PemCertificates.TryRead(quote.PckCertificates.Span, out var chain))
        {
            if (PckCertificate.TryRead(chain[0], out var pck))
                details.AddRange([("fmspc", pck.Fmspc), ("pceid", pck.PceId), ("ppid", pck.Ppid), ("pcesvn", $"{pck.PceSvn}")]);
            details.Add(("root certificate", chain[^1].Fingerprint()));
        }

        return new EvidenceOutline
        {
            Kind = facts.Kind,
            Version = quote.Header.Version,
            ReportData = facts.ReportData,
            Measurements = measurements,
            Numbers = facts.Numbers,
            Flags = facts.Flags,
            RuntimeEvents = events,
            Details = details,
        };
    }

    private static EvidenceOutline? OfReport(ReadOnlyMemory<byte> bytes)
    {
        if (SnpReport.TryRead(bytes, out var report) != Refusal.None) return null;
        var numbers = new Dictionary<string, ulong> { ["guestsvn"] = report.GuestSvn, ["vmpl"] = report.Vmpl };
        var product = SnpTcb.ProductOf(report);
        foreach (var part in product is null ? [] : SnpTcb.OfProduct(product)!.Parts) numbers[part.Name] = part.Of(report.ReportedTcb);
        return new EvidenceOutline
        {
            Kind = EvidenceKind.Snp,
            Version = (int)report.Version,
            ReportData = report.ReportData,
            Measurements = SnpVerifier.Measurements(report),
            Numbers = numbers,
            Flags = SnpVerifier.FlagsOf(report) | (report.ChipKeyIsMasked ? EvidenceFlags.ChipMasked : 0),
            Details =
            [
                ("product", product ?? "unknown"), ("signing key", report.SigningKey == 1 ? "VLEK" : "VCEK"),
                ("chip id", Convert.ToHexStringLower(report.ChipId)), ("reported tcb", $"{report.ReportedTcb:x16}"),
                ("guest policy", $"0x{report.Policy:x}"),
            ],
        };
    }
}
