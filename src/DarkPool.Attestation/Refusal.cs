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
}
