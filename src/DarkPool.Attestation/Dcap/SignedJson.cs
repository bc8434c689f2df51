using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// A response body of Intel's provisioning service: an object of the signed member and <c>signature</c> (hex of r || s, P-256). The
/// signature covers the bytes of the member's value exactly as served, so they are cut out and never written again.
/// </summary>
internal sealed class SignedJson
{
    /// <summary>Longest body read, in bytes; real ones have 1 to 60 KiB.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 16;
    private const int SignatureLength = 64;

    private SignedJson(ReadOnlyMemory<byte> value, byte[] signature) => (Value, Signature) = (value, signature);

    /// <summary>The signed bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    public byte[] Signature { get; }

    public static bool TryRead(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> member, [NotNullWhen(true)] out SignedJson? signed)
    {
        signed = null;
        if (body.Length > MaxLength) return false;
        try
        {
            return TryCut(body, member, out signed);
        }
        catch (Exception exception) when (CollateralObject.IsBadJson(exception))
        {
            return false;
        }
    }

    private static bool TryCut(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> member, [NotNullWhen(true)] out SignedJson? signed)
    {
        signed = null;
        var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        ReadOnlyMemory<byte> value = default;
        byte[]? signature = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(member) && value.IsEmpty)
            {
                json.Read();
                if (json.TokenType != JsonTokenType.StartObject) return false;
                var start = (int)json.TokenStartIndex;
                json.Skip();
                value = body[start..(int)json.BytesConsumed];
            }
            else if (json.ValueTextEquals("signature"u8) && signature is null)
            {
                json.Read();
                if (!TryReadSignature(ref json, out signature)) return false;
            }
            else
            {
                return false;
            }
        }

        // Reading on demands that nothing but white space follows.
        if (json.TokenType != JsonTokenType.EndObject || json.Read() || value.IsEmpty || signature is null) return false;
        signed = new SignedJson(value, signature);
        return true;
    }

    private static bool TryReadSignature(ref Utf8JsonReader json, [NotNullWhen(true)] out byte[]? signature)
    {
        signature = null;
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || json.ValueSpan.Length != 2 * SignatureLength) return false;
        var bytes = new byte[SignatureLength];
        if (Convert.FromHexString(json.ValueSpan, bytes, out _, out var written) != System.Buffers.OperationStatus.Done) return false;
        signature = bytes;
        return written == SignatureLength;
    }
}
