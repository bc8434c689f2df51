namespace DarkPool.Protocol.Blocks;

/// <summary>Bounds of a block.</summary>
public static class BlockLimits
{
    /// <summary>The most entries: an index fits in 16 bits with room, and a receipt's proof in 24 siblings.</summary>
    public const int MaxEntries = 4096;

    /// <summary>
    /// The longest body in bytes: a full block of small envelopes is half of it, and it stays one quick append to the store.
    /// </summary>
    public const int MaxBodyBytes = 2 * 1024 * 1024;

    /// <summary>Bytes in front of the data of each entry.</summary>
    public const int EntryHeaderSize = 4;

    /// <summary>The longest data of one entry: its length is 16 bits.</summary>
    public const int MaxEntryData = ushort.MaxValue;

    /// <summary>The longest block in bytes.</summary>
    public const int MaxBlockBytes = BlockHeader.Size + MaxBodyBytes;
}
