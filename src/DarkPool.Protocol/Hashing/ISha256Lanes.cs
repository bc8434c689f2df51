namespace DarkPool.Protocol.Hashing;

/// <summary>
/// What a width of vector does for SHA-256 (FIPS 180-4, section 6.2.2): lane i of every vector belongs to message i, and a vector holds
/// one word of each message.
/// </summary>
internal interface ISha256Lanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Messages side by side.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The same word in all lanes.</summary>
    static abstract TVector Same(uint word);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Xor(TVector x, TVector y);

    /// <summary>One round; <paramref name="bc"/> is b ^ c for those that can use it, and becomes that of the next round.</summary>
    static abstract void Round(
        TVector a, TVector b, TVector c, ref TVector bc, ref TVector d,
        TVector e, TVector f, TVector g, ref TVector h, TVector wordAndConstant);

    /// <summary>The message schedule: the word sixteen rounds after the first one given.</summary>
    static abstract TVector NextWord(TVector word0, TVector word1, TVector word9, TVector word14);

    /// <summary>A word of the messages moved one byte on: the last byte of the word before it comes in, its own falls out.</summary>
    static abstract TVector MoveByte(TVector before, TVector word);

    /// <summary>Reads 64 bytes of each message, as sixteen big-endian words.</summary>
    /// <param name="first">Where offsets count from.</param>
    /// <param name="offsets">Where the bytes of each lane begin.</param>
    /// <param name="words">Sixteen places.</param>
    static abstract void Load(ref byte first, ReadOnlySpan<int> offsets, ref TVector words);

    /// <summary>Writes the hashes, one after another.</summary>
    /// <param name="state">Eight words of each.</param>
    /// <param name="hashes">32 bytes for each.</param>
    static abstract void Store(ReadOnlySpan<TVector> state, Span<byte> hashes);
}
