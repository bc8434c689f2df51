using DarkPool.Attestation;

namespace DarkPool.Cli.Attest;

/// <summary>What a refusal means for whoever reads it, and what can be done.</summary>
internal static class RefusalAdvice
{
    private const string Outdated =
        "What the maker published is not current at that instant: fetch it again. If the source is current, the clock is wrong.";

    private const string NotAuthentic = "The evidence was altered or is not of the hardware it names. Do not use this enclave.";

    private const string Unreadable = "These bytes are not evidence of a form that is known here.";

    private const string CollateralMissing = "Name a source with --collateral, or leave --offline away.";

    public static string Of(Refusal refusal) => refusal switch
    {
        Refusal.ReportDataMismatch =>
            "The evidence binds another key or another nonce than expected: it was relayed or replayed, or somebody stands between.",
        Refusal.MeasurementNotAllowed =>
            "Another program runs than the policy names. See `darkpool attest explain`; change the policy only if you built that one.",
        Refusal.MeasurementExpired => "The rule for this program has expired: the operator should run a newer one.",
        Refusal.ProviderNotAllowed or Refusal.ProviderUnknown => "The policy does not look at evidence of this provider.",
        Refusal.DevelopmentRootNotNamed or Refusal.UntrustedRoot =>
            "The chain ends at a root that neither its maker nor the policy vouches for. Only policies that name them believe test roots.",
        Refusal.TcbStatusNotAllowed or Refusal.TcbBelowMinimum or Refusal.TcbNotSupported =>
            "The platform lacks security updates, or its TCB was revoked: the operator must update it.",
        Refusal.AdvisoryNotTolerated => "A known weakness is not mitigated there. A policy may tolerate it by name.",
        Refusal.DebugNotAllowed => "A debuggable guest has no confidentiality.",
        Refusal.EvaluationNumberTooLow => "The collateral is of an older evaluation than the policy demands: fetch it again.",
        Refusal.CertRevoked => "The maker has revoked this platform's certificate: its keys are known to be lost. Do not use this enclave.",
        Refusal.NotRegistered => "No registered instance of the application holds this key: fetch the registrations again.",
        Refusal.PeerPolicyNotAllowed => "It may hand its keys to peers that the policy does not know: name their policy if you accept it.",
        Refusal.StatementExpired => "The statement is too old or from the future: it was kept, or a clock is wrong.",
        Refusal.CertExpired or Refusal.CrlExpired or Refusal.TcbInfoExpired or Refusal.QeIdentityExpired => Outdated,
        Refusal.MissingCollateral or Refusal.MissingCrl => CollateralMissing,
        Refusal.CertSignatureInvalid or Refusal.QuoteSignatureInvalid or Refusal.QeReportSignatureInvalid
            or Refusal.QeReportDataMismatch or Refusal.ReportSignatureInvalid or Refusal.StatementSignatureInvalid
            or Refusal.ChainBroken or Refusal.NotCA => NotAuthentic,
        Refusal.EvidenceMalformed or Refusal.EvidenceTooLong or Refusal.QuoteTooShort or Refusal.QuoteMalformed
            or Refusal.ReportTooShort or Refusal.ReportMalformed => Unreadable,
        _ => "Not accepted; nothing may be sealed to this enclave.",
    };
}
