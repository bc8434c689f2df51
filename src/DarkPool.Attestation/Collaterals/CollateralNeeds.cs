using System.Globalization;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Certificates;
using DarkPool.Attestation.Dcap;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Snp;

namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// What a piece of evidence needs to be judged. Read from unverified evidence, so it may lead to the wrong collateral, which is then
/// refused, but to nothing worse: every part of it is hex or one of a few words.
/// </summary>
public sealed record CollateralNeeds
{
    private CollateralNeeds()
    {
    }

    /// <summary>Intel: whether it is of a TDX domain, else of an SGX enclave.</summary>
    public bool IsTdx { get; private init; }

    /// <summary>Intel: the platform family, 12 lowercase hex digits; null for other makers.</summary>
    public string? Fmspc { get; private init; }

    /// <summary>Intel: whether the PCK certificate is of the processor CA, else of the platform CA.</summary>
    public bool IsProcessorCa { get; private init; }

    /// <summary>AMD: the product (<c>Milan</c>, <c>Genoa</c>, <c>Turin</c>); null for other makers.</summary>
    public string? Product { get; private init; }

    /// <summary>AMD: whether a VLEK signed, whose certificate only the cloud provider has.</summary>
    public bool IsVlek { get; private init; }

    /// <summary>AMD: the chip, lowercase hex without the unused part.</summary>
    public string ChipId { get; private init; } = "";

    /// <summary>AMD: the reported TCB's parts.</summary>
    internal IReadOnlyList<(string Name, byte Svn)> TcbParts { get; private init; } = [];

    /// <summary>Oasis: the application's id; null for others.</summary>
    public string? RoflAppId { get; private init; }

    /// <summary>
    /// A short name of what is needed, the same for all evidence of one platform: letters, digits and dashes, at most 140 of them.
    /// </summary>
    public string Key { get; private init; } = "";

    /// <summary>Reads what evidence needs; null if it needs nothing, or cannot be read (the verifier then says why).</summary>
    public static CollateralNeeds? TryRead(Evidence evidence)
    {
        if (evidence.Bytes.Length > Evidence.MaxLength) return null;
        if (evidence.Provider == RoflProvider.ProviderName)
        {
            if (!RoflStatement.TryRead(evidence.Bytes, out var statement)) return null;
            return new CollateralNeeds { RoflAppId = statement.AppId, Key = $"rofl-{statement.AppId}" };
        }

        if (!EvidenceBundle.TryRead(evidence.Bytes, out var bundle)) return null;
        if (bundle.TryGet(EvidencePart.DcapQuote, out var quote)) return OfQuote(quote);
        return bundle.TryGet(EvidencePart.SnpReport, out var report) ? OfReport(report) : null;
    }

    private static CollateralNeeds? OfQuote(ReadOnlyMemory<byte> bytes)
    {
        DcapQuote.TryRead(bytes, out var quote);
        if (quote is null || !PemCertificates.TryRead(quote.PckCertificates.Span, out var chain)) return null;
        if (chain.Count < 2 || !PckCertificate.TryRead(chain[0], out var pck)) return null;
        var isTdx = quote.Header.IsTdx;
        var isProcessor = chain[1].SubjectCommonName.Contains("Processor", StringComparison.Ordinal);
        return new CollateralNeeds
        {
            IsTdx = isTdx,
            Fmspc = pck.Fmspc,
            IsProcessorCa = isProcessor,
            Key = $"{(isTdx ? "tdx" : "sgx")}-{pck.Fmspc.ToUpperInvariant()}-{(isProcessor ? "processor" : "platform")}",
        };
    }

    private static CollateralNeeds? OfReport(ReadOnlyMemory<byte> bytes)
    {
        if (SnpReport.TryRead(bytes, out var report) != Refusal.None) return null;
        if (SnpTcb.ProductOf(report) is not { } product || SnpTcb.OfProduct(product) is not { } layout) return null;
        var chip = Convert.ToHexStringLower(report.ChipId[..layout.HwidLength]);
        var tcb = report.ReportedTcb.ToString("x16", CultureInfo.InvariantCulture);
        return new CollateralNeeds
        {
            Product = product,
            IsVlek = report.SigningKey == 1,
            ChipId = chip,
            TcbParts = [.. layout.Parts.Select(part => (part.Name, part.Of(report.ReportedTcb)))],
            Key = report.SigningKey == 1 ? $"snp-{product}-vlek" : $"snp-{product}-{chip[..16]}-{tcb}",
        };
    }
}
