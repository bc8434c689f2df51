using System.Globalization;

namespace DarkPool.Attestation.Dcap;

/// <summary>What an authentic quote says.</summary>
internal static class DcapFacts
{
    public static EvidenceFacts Of(
        DcapQuote quote, PckCertificate pck, TcbCollateral documents, TcbAssessment assessment, ValidityWindow window)
    {
        var facts = OfBody(quote);
        var (tcbNumber, qeNumber) = (documents.TcbInfo.EvaluationNumber, documents.QeIdentity.EvaluationNumber);
        var td = quote.Header.IsTdx ? new TdReport(quote.Body) : default;
        return facts with
        {
            Version = quote.Header.Version,
            TcbStatus = assessment.Status,
            TcbDate = assessment.Platform.Date,
            Advisories = assessment.Advisories,
            EvaluationNumber = Math.Min(tcbNumber, qeNumber),
            ChipId = pck.Ppid,
            ValidFrom = window.From,
            ValidTo = window.To,
            Intel = new IntelFacts
            {
                Fmspc = pck.Fmspc,
                PlatformStatus = assessment.Platform.Status,
                QeStatus = assessment.Qe.Status,
                TdxModule = assessment.Module is { } module ? $"TDX_{td.TcbSvn[1]:X2} isvsvn>={module.IsvSvn} {module.Status}" : null,
                TeeTcbSvn = quote.Header.IsTdx ? Convert.ToHexStringLower(td.TcbSvn) : null,
                TeeTcbSvn2 = quote.Header.IsTdx && td.IsTdx15 ? Convert.ToHexStringLower(td.TcbSvn2) : null,
                TcbInfoEvaluationNumber = tcbNumber,
                QeIdentityEvaluationNumber = qeNumber,
                TrailingBytes = quote.TrailingLength,
            },
        };
    }

    /// <summary>What the body alone says.</summary>
    public static EvidenceFacts OfBody(DcapQuote quote) =>
        quote.Header.IsTdx ? OfTdx(new TdReport(quote.Body)) : OfSgx(new EnclaveReport(quote.Body));

    private static EvidenceFacts OfSgx(EnclaveReport report) => Frame(EvidenceKind.Sgx) with
    {
        ReportData = report.ReportData,
        Flags = report.IsDebug ? EvidenceFlags.Debug : EvidenceFlags.None,
        Measurements = new Dictionary<string, string>
        {
            ["mrenclave"] = Convert.ToHexStringLower(report.MrEnclave),
            ["mrsigner"] = Convert.ToHexStringLower(report.MrSigner),
            ["isvprodid"] = report.IsvProdId.ToString(CultureInfo.InvariantCulture),
        },
        Numbers = new Dictionary<string, ulong> { ["isvsvn"] = report.IsvSvn },
    };

    private static EvidenceFacts OfTdx(TdReport report)
    {
        var measurements = new Dictionary<string, string>
        {
            ["mrtd"] = Convert.ToHexStringLower(report.MrTd),
            ["mrseam"] = Convert.ToHexStringLower(report.MrSeam),
            ["mrsignerseam"] = Convert.ToHexStringLower(report.MrSignerSeam),
            ["mrconfigid"] = Convert.ToHexStringLower(report.MrConfigId),
            ["mrowner"] = Convert.ToHexStringLower(report.MrOwner),
            ["mrownerconfig"] = Convert.ToHexStringLower(report.MrOwnerConfig),
            ["xfam"] = Convert.ToHexStringLower(report.Xfam),
            ["tdattributes"] = Convert.ToHexStringLower(report.Attributes),
        };
        for (var index = 0; index < TdReport.RegisterCount; index++)
            measurements[$"rtmr{index}"] = Convert.ToHexStringLower(report.Rtmr(index));

        var flags = report.IsDebug ? EvidenceFlags.Debug : EvidenceFlags.None;
        if (report.IsTdx15)
        {
            measurements["mrservicetd"] = Convert.ToHexStringLower(report.MrServiceTd);
            if (report.MrServiceTd.ContainsAnyExcept((byte)0)) flags |= EvidenceFlags.ServiceTd;
        }

        return Frame(EvidenceKind.Tdx) with
        {
            ReportData = report.ReportData,
            Flags = flags,
            Measurements = measurements,
            Numbers = new Dictionary<string, ulong> { ["tdxmodulesvn"] = report.TcbSvn[0] },
        };
    }

    private static EvidenceFacts Frame(EvidenceKind kind) => new()
    {
        Kind = kind,
        Version = 0,
        ReportData = default,
        Measurements = new Dictionary<string, string>(),
        TcbStatus = TcbStatus.Revoked,
        ValidFrom = DateTimeOffset.MaxValue,
        ValidTo = DateTimeOffset.MinValue,
    };
}
