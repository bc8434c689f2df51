using System.Formats.Asn1;
using System.Text;

namespace DarkPool.Attestation.Certificates;

/// <summary>The part of a Name (RFC 5280 section 4.1.2.4) that these chains are told apart by.</summary>
internal static class DistinguishedName
{
    private const string CommonNameOid = "2.5.4.3";

    /// <summary>The first common name; empty if there is none.</summary>
    /// <exception cref="AsnContentException">Not a Name.</exception>
    public static string CommonName(ReadOnlyMemory<byte> name)
    {
        var parts = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
        while (parts.HasData)
        {
            var attributes = parts.ReadSetOf();
            while (attributes.HasData)
            {
                var attribute = attributes.ReadSequence();
                if (attribute.ReadObjectIdentifier() == CommonNameOid) return Text(attribute);
            }
        }

        return "";
    }

    private static string Text(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        var type = tag.TagClass == TagClass.Universal ? (UniversalTagNumber)tag.TagValue : UniversalTagNumber.EndOfContents;
        return type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            ? attribute.ReadCharacterString(type)
            : Encoding.Latin1.GetString(attribute.ReadEncodedValue().Span);
    }
}
