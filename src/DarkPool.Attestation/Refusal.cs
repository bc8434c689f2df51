namespace DarkPool.Attestation;

/// <summary>Why evidence was refused. Append-only: names are shown to people and compared by programs.</summary>
public enum Refusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The verifier itself failed; evidence is never accepted by accident.</summary>
    InternalError = 1,

    /// <summary>Longer than <see cref="Evidence.MaxLength"/>.</summary>
    EvidenceTooLong = 2,

    /// <summary>Not the format that the provider's name promises.</summary>
    EvidenceMalformed = 3,

    /// <summary>The policy does not allow this provider.</summary>
    ProviderNotAllowed = 4,

    /// <summary>No verifier knows this provider.</summary>
    ProviderUnknown = 5,

    /// <summary>The report data is not what was expected: another key, another nonce, a relayed or a replayed quote.</summary>
    ReportDataMismatch = 6,

    /// <summary>Simulated evidence, and the policy does not name the development root that signed it.</summary>
    DevelopmentRootNotNamed = 7,

    /// <summary>Signature of simulated evidence does not verify.</summary>
    StatementSignatureInvalid = 8,

    /// <summary>Simulated evidence that is too old or from the future.</summary>
    StatementExpired = 9,

    /// <summary>No rule of the policy allows this measurement.</summary>
    MeasurementNotAllowed = 10,

    /// <summary>The rule that allowed this measurement has expired.</summary>
    MeasurementExpired = 11,

    /// <summary>TCB status below the policy's minimum, and no grace applies.</summary>
    TcbStatusNotAllowed = 12,

    /// <summary>A security advisory applies that the policy does not name as tolerated.</summary>
    AdvisoryNotTolerated = 13,

    /// <summary>The guest or enclave can be debugged.</summary>
    DebugNotAllowed = 14,

    /// <summary>A service TD is bound to the domain.</summary>
    ServiceTdNotAllowed = 15,

    /// <summary>The report was asked for from a less privileged level than the policy allows.</summary>
    VmplNotAllowed = 16,

    /// <summary>A migration agent may move the guest.</summary>
    MigrationAgentNotAllowed = 17,

    /// <summary>The report hides its chip.</summary>
    ChipMasked = 18,

    /// <summary>The chip is not on the policy's list.</summary>
    ChipNotAllowed = 19,

    /// <summary>The collateral was issued under an older TCB evaluation than the policy demands.</summary>
    EvaluationNumberTooLow = 20,

    /// <summary>The reported TCB of an AMD platform is below the policy's minimum.</summary>
    TcbBelowMinimum = 21,

    /// <summary>A certificate is missing, too long, or not of the kind that the platform uses.</summary>
    CertMalformed = 22,

    /// <summary>The chain leads to a root that is not pinned.</summary>
    UntrustedRoot = 23,

    /// <summary>The chain is incomplete, or a certificate is not issued by the next one.</summary>
    ChainBroken = 24,

    /// <summary>A certificate issued another one without being an authority for it.</summary>
    NotCA = 25,

    /// <summary>The signature of a certificate does not verify.</summary>
    CertSignatureInvalid = 26,

    /// <summary>A certificate is not valid at the time of judgement.</summary>
    CertExpired = 27,

    /// <summary>A certificate is on its issuer's revocation list.</summary>
    CertRevoked = 28,

    /// <summary>A revocation list was not provided.</summary>
    MissingCrl = 29,

    /// <summary>A revocation list is not of the kind that the platform uses.</summary>
    CrlMalformed = 30,

    /// <summary>A revocation list is not of the certificate's issuer.</summary>
    CrlIssuerMismatch = 31,

    /// <summary>The signature of a revocation list does not verify.</summary>
    CrlSignatureInvalid = 32,

    /// <summary>A revocation list is not current at the time of judgement.</summary>
    CrlExpired = 33,

    /// <summary>A quote ends before what its lengths announce.</summary>
    QuoteTooShort = 34,

    /// <summary>A quote whose lengths disagree.</summary>
    QuoteMalformed = 35,

    /// <summary>A quote of a version other than 3, 4 and 5.</summary>
    UnsupportedQuoteVersion = 36,

    /// <summary>A quote of an unknown TEE, or one that its version does not allow.</summary>
    UnsupportedTee = 37,

    /// <summary>An attestation key other than ECDSA over P-256.</summary>
    UnsupportedKeyType = 38,

    /// <summary>A quote not made by Intel's quoting enclave.</summary>
    UnsupportedQeVendor = 39,

    /// <summary>Certification data other than a PCK certificate chain.</summary>
    UnsupportedCertType = 40,

    /// <summary>A version 5 quote whose body type and size disagree or are unknown.</summary>
    BadBodyDescriptor = 41,

    /// <summary>The leaf of the quote's chain is not an SGX PCK certificate.</summary>
    NotPckCertificate = 42,

    /// <summary>The PCK key did not sign the quoting enclave's report.</summary>
    QeReportSignatureInvalid = 43,

    /// <summary>The quoting enclave's report does not bind the attestation key.</summary>
    QeReportDataMismatch = 44,

    /// <summary>The attestation key did not sign the quote.</summary>
    QuoteSignatureInvalid = 45,

    /// <summary>TCB info, QE identity or their signing chain was not provided.</summary>
    MissingCollateral = 46,

    /// <summary>Collateral signed by a certificate that is not for signing TCBs.</summary>
    NotTcbSigningCertificate = 47,

    /// <summary>TCB info that is not of version 3, or not readable.</summary>
    TcbInfoMalformed = 48,

    /// <summary>The signature of the TCB info does not verify over its exact bytes.</summary>
    TcbInfoSignatureInvalid = 49,

    /// <summary>TCB info that is not current at the time of judgement.</summary>
    TcbInfoExpired = 50,

    /// <summary>TCB info of the other TEE.</summary>
    TcbInfoTypeMismatch = 51,

    /// <summary>TCB info of another platform family.</summary>
    FmspcMismatch = 52,

    /// <summary>TCB info of another provisioning enclave.</summary>
    PceIdMismatch = 53,

    /// <summary>A QE identity that is not of version 2, or not readable.</summary>
    QeIdentityMalformed = 54,

    /// <summary>The signature of the QE identity does not verify over its exact bytes.</summary>
    QeIdentitySignatureInvalid = 55,

    /// <summary>A QE identity that is not current at the time of judgement.</summary>
    QeIdentityExpired = 56,

    /// <summary>The identity of the other TEE's quoting enclave.</summary>
    QeIdentityTypeMismatch = 57,

    /// <summary>The quoting enclave is not the one of the identity.</summary>
    QeIdentityMismatch = 58,

    /// <summary>The TDX module is not one that the TCB info knows.</summary>
    TdxModuleMismatch = 59,

    /// <summary>The platform is below every TCB level known.</summary>
    TcbNotSupported = 60,

    /// <summary>An event log that is not readable.</summary>
    EventLogMalformed = 61,

    /// <summary>Replaying the event log does not give the measured registers.</summary>
    EventLogMismatch = 62,

    /// <summary>A SEV-SNP report that ends early.</summary>
    ReportTooShort = 63,

    /// <summary>A SEV-SNP report with bytes after its end, or fields that disagree.</summary>
    ReportMalformed = 64,

    /// <summary>A SEV-SNP report of a version other than 2, 3 and 5.</summary>
    UnsupportedReportVersion = 65,

    /// <summary>A SEV-SNP report not signed by ECDSA over P-384.</summary>
    UnsupportedSigAlgo = 66,

    /// <summary>A SEV-SNP report signed by neither VCEK nor VLEK.</summary>
    UnsupportedSigningKey = 67,

    /// <summary>A processor whose TCB layout is not known.</summary>
    UnsupportedProduct = 68,

    /// <summary>The certificate is not for the key that the report names.</summary>
    NotEndorsementKey = 69,

    /// <summary>The endorsement key did not sign the report.</summary>
    ReportSignatureInvalid = 70,

    /// <summary>The endorsement key's certificate lacks an extension that must be compared.</summary>
    EkExtensionMissing = 71,

    /// <summary>The reported TCB is not the one of the endorsement key's certificate.</summary>
    TcbMismatch = 72,

    /// <summary>The report is of another chip than the endorsement key's certificate.</summary>
    ChipIdMismatch = 73,

    /// <summary>A list of registered ROFL instances that is not readable.</summary>
    RegistrationMalformed = 74,

    /// <summary>No registered instance of the ROFL application published the evidence key.</summary>
    NotRegistered = 75,

    /// <summary>The enclave would hand its keys to peers by a policy that the verifier's own does not name.</summary>
    PeerPolicyNotAllowed = 76,
}
