using DarkPool.Protocol.Blocks;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// The rules by which a block follows another (docs/PROTOCOL.md section 7). They are checked twice: before a block is appended and after
/// it is loaded.
/// </summary>
internal static class BlockLink
{
    /// <summary>Checks a block's form and link.</summary>
    /// <param name="block">Header and body.</param>
    /// <param name="shard">The shard it must belong to.</param>
    /// <param name="last">The end of the log before it.</param>
    /// <param name="reader">The block, if there is no fault.</param>
    /// <returns>What is wrong, for people; null if nothing is.</returns>
    public static string? FindFault(ReadOnlySpan<byte> block, uint shard, LogPosition last, out BlockReader reader)
    {
        var fault = BlockReader.Open(block, out reader);
        if (fault != BlockFault.None) return $"its form is wrong ({fault})";
        var header = reader.Header;
        if (header.Shard != shard) return $"it is of shard {header.Shard}";
        if (header.Number != last.Number + 1) return $"its number is {header.Number}";
        if (header.PreviousHead != last.Head) return "it does not name its predecessor's head";
        if (header.Time < last.Time) return "its time is before its predecessor's";
        return null;
    }

    /// <summary>Checks a block's form, link and Merkle root.</summary>
    /// <inheritdoc cref="FindFault"/>
    public static string? FindFaultInDepth(ReadOnlySpan<byte> block, uint shard, LogPosition last, out BlockReader reader) =>
        FindFault(block, shard, last, out reader) ?? (reader.HasItsRoot() ? null : "its entries do not give its root");
}
