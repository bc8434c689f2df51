namespace DarkPool.Attestation.Dcap;

/// <summary>What the body of a quote is.</summary>
internal enum QuoteBodyType
{
    /// <summary>An SGX enclave report, 384 bytes.</summary>
    Sgx = 1,

    /// <summary>A TDX 1.0 report, 584 bytes.</summary>
    Tdx10 = 2,

    /// <summary>A TDX 1.5 report, 648 bytes.</summary>
    Tdx15 = 3,
}

/// <summary>
/// A DCAP quote of version 3, 4 or 5 cut into its parts, which stay slices of it. Nothing is authenticated yet.
/// <code>
/// header 48 || (version 5: u16 body type, u32 body size) || body || u32 length || signature data
/// signature data: signature 64 || attestation key 64 || version 3:      QE data
///                                                    || version 4 and 5: u16 6 || u32 size || QE data
/// QE data: QE report 384 || QE report signature 64 || u16 size || auth data || u16 certification type || u32 size || certification data
/// </code>
/// </summary>
internal sealed class DcapQuote
{
    private const int SignatureLength = 64;
    private const int KeyLength = 64;
    private const ushort PckChain = 5;
    private const ushort QeReportCertification = 6;

    public required QuoteHeader Header { get; init; }

    public required QuoteBodyType BodyType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Header and body, with what stands between them: what the attestation key signs.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>How many bytes follow the quote. They belong to nothing and prove nothing.</summary>
    public required int TrailingLength { get; init; }

    public ReadOnlyMemory<byte> Signature { get; private set; }

    public ReadOnlyMemory<byte> AttestationKey { get; private set; }

    public ReadOnlyMemory<byte> QeReport { get; private set; }

    public ReadOnlyMemory<byte> QeReportSignature { get; private set; }

    public ReadOnlyMemory<byte> AuthData { get; private set; }

    /// <summary>The PCK chain, PEM.</summary>
    public ReadOnlyMemory<byte> PckCertificates { get; private set; }

    /// <summary>Cuts a quote; the quote is null unless the result is <see cref="Refusal.None"/>.</summary>
    public static Refusal TryRead(ReadOnlyMemory<byte> bytes, out DcapQuote? quote)
    {
        quote = null;
        var cursor = new ByteCursor(bytes);
        if (!cursor.TryTake(QuoteHeader.Length, out var headerBytes)) return Refusal.QuoteTooShort;
        var header = new QuoteHeader(headerBytes);
        var refusal = header.Check();
        if (refusal != Refusal.None) return refusal;

        refusal = TakeBody(ref cursor, header, out var type, out var body);
        if (refusal != Refusal.None) return refusal;
        var signed = bytes[..(bytes.Length - cursor.Rest.Length)];

        if (!cursor.TryTakeUInt32(out var length) || !cursor.TryTake(length, out var signatureData)) return Refusal.QuoteTooShort;

        // Some quoting services hand out their whole buffer; like Intel's library, what follows the quote is not looked at.
        var read = new DcapQuote { Header = header, BodyType = type, Body = body, Signed = signed, TrailingLength = cursor.Rest.Length };
        refusal = read.CutSignatureData(new ByteCursor(signatureData));
        if (refusal == Refusal.None) quote = read;
        return refusal;
    }

    private static Refusal TakeBody(ref ByteCursor cursor, QuoteHeader header, out QuoteBodyType type, out ReadOnlyMemory<byte> body)
    {
        type = header.IsTdx ? QuoteBodyType.Tdx10 : QuoteBodyType.Sgx;
        body = default;
        if (header.Version == 5)
        {
            if (!cursor.TryTakeUInt16(out var number) || !cursor.TryTakeUInt32(out var size)) return Refusal.QuoteTooShort;
            type = (QuoteBodyType)number;
            if (type is not (QuoteBodyType.Sgx or QuoteBodyType.Tdx10 or QuoteBodyType.Tdx15)) return Refusal.BadBodyDescriptor;
            if (size != LengthOf(type) || header.IsTdx != (type != QuoteBodyType.Sgx)) return Refusal.BadBodyDescriptor;
        }

        return cursor.TryTake(LengthOf(type), out body) ? Refusal.None : Refusal.QuoteTooShort;
    }

    private static int LengthOf(QuoteBodyType type) => type switch
    {
        QuoteBodyType.Sgx => EnclaveReport.Length,
        QuoteBodyType.Tdx10 => TdReport.Length10,
        _ => TdReport.Length15,
    };

    private Refusal CutSignatureData(ByteCursor cursor)
    {
        if (!cursor.TryTake(SignatureLength, out var signature) || !cursor.TryTake(KeyLength, out var key)) return Refusal.QuoteTooShort;
        (Signature, AttestationKey) = (signature, key);
        if (Header.Version == 3) return CutQeData(cursor);

        if (!cursor.TryTakeUInt16(out var type) || !cursor.TryTakeUInt32(out var size)) return Refusal.QuoteTooShort;
        if (type != QeReportCertification) return Refusal.UnsupportedCertType;
        if (!cursor.TryTake(size, out var qeData)) return Refusal.QuoteTooShort;
        return cursor.Rest.IsEmpty ? CutQeData(new ByteCursor(qeData)) : Refusal.QuoteMalformed;
    }

    private Refusal CutQeData(ByteCursor cursor)
    {
        if (!cursor.TryTake(EnclaveReport.Length, out var report) || !cursor.TryTake(SignatureLength, out var signature))
            return Refusal.QuoteTooShort;
        if (!cursor.TryTakeUInt16(out var authLength) || !cursor.TryTake(authLength, out var auth)) return Refusal.QuoteTooShort;
        if (!cursor.TryTakeUInt16(out var type) || !cursor.TryTakeUInt32(out var size)) return Refusal.QuoteTooShort;
        if (type != PckChain) return Refusal.UnsupportedCertType;
        if (!cursor.TryTake(size, out var certificates)) return Refusal.QuoteTooShort;
        if (!cursor.Rest.IsEmpty) return Refusal.QuoteMalformed;
        (QeReport, QeReportSignature, AuthData, PckCertificates) = (report, signature, auth, certificates);
        return Refusal.None;
    }
}
