using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Blocks;
using Marten;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// Events that enter a shard's stream together: any number of facts, then at most one block. Their ids are drawn here, before the first
/// attempt, so that a later look at the stream tells whether an attempt of unknown outcome has happened.
/// </summary>
internal sealed class AppendBatch
{
    public static readonly AppendBatch Empty = new([], null);

    public AppendBatch(IReadOnlyList<AppendFact> facts, ReadOnlyMemory<byte>? block)
    {
        Block = block;
        BlockId = block is null ? Guid.Empty : Guid.CreateVersion7();
        FactIds = [.. facts.Select(fact => fact.Id)];
        FactTypes = [.. facts.Select(fact => fact.Type)];
        FactDotNetTypes = [.. facts.Select(fact => fact.DotNetType)];
        FactBodies = [.. facts.Select(fact => fact.Json)];
    }

    public ReadOnlyMemory<byte>? Block { get; }

    public Guid BlockId { get; }

    public Guid[] FactIds { get; }

    public string[] FactTypes { get; }

    public string[] FactDotNetTypes { get; }

    public string[] FactBodies { get; }

    public int Count => FactIds.Length + (Block is null ? 0 : 1);

    /// <summary>
    /// Whether a projection waits for any of it; they take no part in blocks, their executions and their sheets, which are too many.
    /// </summary>
    public bool ConcernsProjections => Array.Exists(
        FactTypes,
        type => type is not (EventNames.BlockExecuted or EventNames.ReservesPublished or EventNames.LiquidationsPublished));

    public Guid LastId => Block is null ? FactIds[^1] : BlockId;

    /// <summary>The block's header as it is hashed; empty without a block.</summary>
    public ReadOnlyMemory<byte> BlockHeaderBytes => Block is { } block ? block[..BlockHeader.Size] : default;
}

/// <summary>A fact ready to be stored.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Type">The event's name.</param>
/// <param name="DotNetType">The type's name, as Marten writes it beside the event's.</param>
/// <param name="Json">The body.</param>
internal readonly record struct AppendFact(Guid Id, string Type, string DotNetType, string Json)
{
    public static AppendFact Of(object fact, ISerializer serializer) =>
        new(Guid.CreateVersion7(), EventNames.All[fact.GetType()], EventNames.DotNetTypeName(fact.GetType()), serializer.ToJson(fact));

    /// <summary>How the type of blocks is written.</summary>
    public static string BlockDotNetType { get; } = EventNames.DotNetTypeName(typeof(BlockAppended));
}
