using System.Formats.Asn1;

namespace DarkPool.Attestation.Certificates;

/// <summary>ECDSA-Sig-Value (RFC 3279 section 2.2.3) as <c>r || s</c> of fixed width.</summary>
internal static class DerSignature
{
    /// <summary>Fills <paramref name="fixedWidth"/>; false if it is not strict DER of two positive integers that fit.</summary>
    public static bool TryToFixedWidth(ReadOnlySpan<byte> der, Span<byte> fixedWidth)
    {
        try
        {
            var reader = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var pair = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var half = fixedWidth.Length / 2;
            var (r, s) = (pair.ReadIntegerBytes(), pair.ReadIntegerBytes());
            return !pair.HasData && TryCopy(r.Span, fixedWidth[..half]) && TryCopy(s.Span, fixedWidth[half..]);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryCopy(ReadOnlySpan<byte> integer, Span<byte> target)
    {
        if ((integer[0] & 0x80) != 0) return false;
        if (integer.Length > 1 && integer[0] == 0) integer = integer[1..];
        if (integer.Length > target.Length) return false;
        target.Clear();
        integer.CopyTo(target[^integer.Length..]);
        return true;
    }
}
