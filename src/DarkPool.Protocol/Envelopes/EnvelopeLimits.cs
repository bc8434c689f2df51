namespace DarkPool.Protocol.Envelopes;

/// <summary>Sizes of envelopes, in bytes.</summary>
public static class EnvelopeLimits
{
    /// <summary>An envelope of the small class.</summary>
    public const int SmallSize = 256;

    /// <summary>An envelope of the large class.</summary>
    public const int LargeSize = 4096;

    /// <summary>The AEAD tag at the end of every envelope.</summary>
    public const int TagSize = 16;

    /// <summary>What every envelope has besides the plaintext of a command: header and tag.</summary>
    public const int Overhead = EnvelopeHeader.Size + TagSize;

    /// <summary>The plaintext of a small command.</summary>
    public const int SmallPlaintext = SmallSize - Overhead;

    /// <summary>The plaintext of a large command.</summary>
    public const int LargePlaintext = LargeSize - Overhead;

    /// <summary>The size of an envelope of a class.</summary>
    /// <param name="sizeClass">A class.</param>
    /// <returns>Bytes, or 0 for a class that is not known.</returns>
    public static int SizeOf(SizeClass sizeClass) => sizeClass switch
    {
        SizeClass.Small => SmallSize,
        SizeClass.Large => LargeSize,
        _ => 0,
    };
}
