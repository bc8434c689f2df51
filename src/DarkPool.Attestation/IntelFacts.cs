namespace DarkPool.Attestation;

/// <summary>What a DCAP quote's collateral says about the platform, part by part.</summary>
public sealed record IntelFacts
{
    /// <summary>The platform family, 6 bytes in lowercase hex.</summary>
    public required string Fmspc { get; init; }

    /// <summary>Status of the matched platform level alone.</summary>
    public required TcbStatus PlatformStatus { get; init; }

    /// <summary>Status of the quoting enclave alone.</summary>
    public required TcbStatus QeStatus { get; init; }

    /// <summary>The TDX module's level, for example <c>TDX_01 isvsvn>=4 UpToDate</c>; null where there are none.</summary>
    public string? TdxModule { get; init; }

    /// <summary>TEE_TCB_SVN of a TDX domain in lowercase hex; null for SGX.</summary>
    public string? TeeTcbSvn { get; init; }

    /// <summary>TEE_TCB_SVN2 of a TDX 1.5 domain in lowercase hex; null elsewhere.</summary>
    public string? TeeTcbSvn2 { get; init; }

    /// <summary>Evaluation number of the TCB info.</summary>
    public required uint TcbInfoEvaluationNumber { get; init; }

    /// <summary>Evaluation number of the QE identity.</summary>
    public required uint QeIdentityEvaluationNumber { get; init; }

    /// <summary>Bytes after the quote's end, which were not looked at.</summary>
    public required int TrailingBytes { get; init; }
}
