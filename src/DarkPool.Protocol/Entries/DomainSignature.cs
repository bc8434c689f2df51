using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Entries;

/// <summary>Ed25519 over <c>domain ‖ venue id ‖ body</c>: no signature of one kind or venue can be taken for another's.</summary>
internal static class DomainSignature
{
    public static void Sign(Key key, ReadOnlySpan<byte> domain, in Bytes32 venueId, ReadOnlySpan<byte> body, Span<byte> signature)
    {
        byte[] message = [.. domain, .. venueId.Span, .. body];
        Ed25519Signature.Sign(key, message, signature);
    }

    public static bool Verify(
        in Bytes32 key, ReadOnlySpan<byte> domain, in Bytes32 venueId, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        byte[] message = [.. domain, .. venueId.Span, .. body];
        return Ed25519Signature.Verify(key, message, signature);
    }
}
