using System.Formats.Asn1;

namespace DarkPool.Attestation.Certificates;

/// <summary>Time (RFC 5280 section 4.1.2.5): UTCTime up to 2049, GeneralizedTime from then on.</summary>
internal static class DerTime
{
    private const int LastYearOfUtcTime = 2049;

    /// <exception cref="AsnContentException">Neither of the two.</exception>
    public static DateTimeOffset Read(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? reader.ReadUtcTime(LastYearOfUtcTime)
            : reader.ReadGeneralizedTime();
}
