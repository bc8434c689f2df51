namespace DarkPool.Attestation;

/// <summary>What attests an enclave (RFC 9334: evidence), with the name of the provider that produced it.</summary>
/// <param name="Provider">Name of the provider; decides how <paramref name="Bytes"/> are read.</param>
/// <param name="Bytes">The provider's own format, untrusted until verified.</param>
public sealed record Evidence(string Provider, byte[] Bytes)
{
    /// <summary>Bytes of report data that every kind of evidence carries: TDX, SGX and SEV-SNP all give 64.</summary>
    public const int ReportDataLength = 64;

    /// <summary>
    /// Longest evidence that is looked at, in bytes. A TDX quote with its certificates is about 8 KiB; a dstack event log adds up to
    /// some hundred KiB.
    /// </summary>
    public const int MaxLength = 1024 * 1024;

    internal static void RequireReportData(ReadOnlySpan<byte> reportData)
    {
        if (reportData.Length != ReportDataLength)
            throw new ArgumentException($"Report data has {ReportDataLength} bytes.", nameof(reportData));
    }
}
