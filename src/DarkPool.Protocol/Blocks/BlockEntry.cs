namespace DarkPool.Protocol.Blocks;

/// <summary>One entry of a block, in place: <c>u8 0 ‖ u8 kind ‖ u16 length ‖ data</c>.</summary>
public readonly ref struct BlockEntry
{
    internal BlockEntry(ReadOnlySpan<byte> encoded) => Encoded = encoded;

    /// <summary>The whole entry: what its leaf hashes.</summary>
    public ReadOnlySpan<byte> Encoded { get; }

    /// <summary>Its kind.</summary>
    public EntryKind Kind => (EntryKind)Encoded[1];

    /// <summary>Its data.</summary>
    public ReadOnlySpan<byte> Data => Encoded[BlockLimits.EntryHeaderSize..];
}
