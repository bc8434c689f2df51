namespace DarkPool.Attestation.Rofl;

/// <summary>The id of a ROFL application: 21 bytes, written <c>rofl1...</c></summary>
internal static class RoflAppId
{
    public const int Length = 21;
    public const int MaxTextLength = 90;

    private const string Prefix = "rofl";

    /// <summary>The bytes of a written id; null if it is none.</summary>
    public static byte[]? TryParse(string text) => Bech32.TryDecode(Prefix, text) is { Length: Length } bytes ? bytes : null;
}
