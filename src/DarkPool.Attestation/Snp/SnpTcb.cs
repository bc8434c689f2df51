namespace DarkPool.Attestation.Snp;

/// <summary>
/// The parts of a 64-bit TCB version, one byte each (AMD, "SEV Secure Nested Paging Firmware ABI", table 3), lowest byte first:
/// <code>
/// Milan, Genoa: 0 boot loader, 1 TEE, 6 SNP, 7 microcode
/// Turin:        0 FMC, 1 boot loader, 2 TEE, 3 SNP, 7 microcode
/// </code>
/// </summary>
internal sealed class SnpTcb
{
    private const byte ZenFamily = 0x19;
    private const byte TurinFamily = 0x1A;

    private const string SvnOid = "1.3.6.1.4.1.3704.1.3.";

    private static readonly SnpTcb Milan = new(
        hwidLength: 64, [("bootloader", "1", 0), ("tee", "2", 1), ("snp", "3", 6), ("microcode", "8", 7)]);

    private static readonly SnpTcb Turin = new(
        hwidLength: 8, [("fmc", "9", 0), ("bootloader", "1", 1), ("tee", "2", 2), ("snp", "3", 3), ("microcode", "8", 7)]);

    private SnpTcb(int hwidLength, (string Name, string Oid, int Byte)[] parts)
    {
        HwidLength = hwidLength;
        Parts = [.. parts.Select(part => new SnpTcbPart(part.Name, SvnOid + part.Oid, part.Byte))];
    }

    /// <summary>Bytes of the chip id that are used; the rest are zeros.</summary>
    public int HwidLength { get; }

    public IReadOnlyList<SnpTcbPart> Parts { get; }

    /// <summary>The layout of the product that an endorsement certificate names; null if it is none known.</summary>
    public static SnpTcb? OfProduct(string product) =>
        product.StartsWith("Milan", StringComparison.Ordinal) || product.StartsWith("Genoa", StringComparison.Ordinal) ? Milan
        : product.StartsWith("Turin", StringComparison.Ordinal) ? Turin
        : null;

    /// <summary>
    /// The product that a report's CPUID says, for looking up certificates: null if unknown. Version 2 has none and is taken for Milan's.
    /// </summary>
    public static string? ProductOf(SnpReport report) => (report.Cpuid[0], report.Cpuid[1]) switch
    {
        (0, _) => "Milan",
        (ZenFamily, < 0x10) => "Milan",
        (ZenFamily, < 0x20 or (>= 0xA0 and < 0xB0)) => "Genoa",
        (TurinFamily, < 0x20) => "Turin",
        _ => null,
    };

    /// <summary>Whether a report of this CPUID can be of this layout. Version 2 reports, from before Turin, carry none.</summary>
    public bool Fits(SnpReport report) => report.Cpuid[0] switch
    {
        0 => report.Version == 2 && this == Milan,
        ZenFamily => this == Milan,
        TurinFamily => this == Turin,
        _ => false,
    };
}

/// <summary>One part of a TCB version: its name in facts and policies, its certificate extension, its byte.</summary>
internal sealed record SnpTcbPart(string Name, string Oid, int ByteIndex)
{
    public byte Of(ulong tcb) => (byte)(tcb >> (8 * ByteIndex));
}
