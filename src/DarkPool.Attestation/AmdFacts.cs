namespace DarkPool.Attestation;

/// <summary>What a SEV-SNP report says about the platform.</summary>
public sealed record AmdFacts
{
    /// <summary>The key that signed: <c>VCEK</c> (of the chip) or <c>VLEK</c> (of the cloud provider).</summary>
    public required string SigningKey { get; init; }

    /// <summary>The product that the endorsement certificate names, for example <c>Milan-B0</c>.</summary>
    public required string Product { get; init; }

    /// <summary>The TCB that the report claims and the certificate endorses; a 64-bit number of one byte per part, see the parts.</summary>
    public required ulong ReportedTcb { get; init; }

    /// <summary>The TCB below which the firmware can no longer be rolled back.</summary>
    public required ulong CommittedTcb { get; init; }

    /// <summary>The TCB when the guest was launched or imported.</summary>
    public required ulong LaunchTcb { get; init; }

    /// <summary>The guest policy.</summary>
    public required ulong Policy { get; init; }

    /// <summary>PLATFORM_INFO.</summary>
    public required ulong PlatformInfo { get; init; }

    /// <summary>Family, model and stepping of the processor; zeros in version 2.</summary>
    public required IReadOnlyList<int> Cpuid { get; init; }

    /// <summary>REPORT_ID in lowercase hex.</summary>
    public required string ReportId { get; init; }
}
