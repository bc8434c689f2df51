using System.Text.Json;
using System.Text.Json.Serialization;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Projections;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Schema.Identity;
using Npgsql;
using Weasel.Core;

namespace DarkPool.EventStore.Configuration;

/// <summary>How Marten is set up. The scripts in <c>migrations/</c> give the schema that this describes; a test compares them.</summary>
internal static class MartenConfiguration
{
    /// <summary>Schema of all tables.</summary>
    public const string Schema = "darkpool";

    /// <summary>Index of <c>migrations/</c> that finds a block by its number; Marten does not know it.</summary>
    private const string BlockNumberIndex = "mt_events_block_number";

    /// <summary>Index of <c>migrations/</c> that finds the public result of a block by its number; Marten does not know it.</summary>
    private const string ExecutionIndex = "mt_events_execution";

    /// <summary>Index of <c>migrations/</c> that finds the facts of a kind without touching blocks; Marten does not know it.</summary>
    private const string FactIndex = "mt_events_fact";

    /// <summary>Index of <c>migrations/</c> that finds published liquidations by their numbers; Marten does not know it.</summary>
    private const string LiquidationIndex = "mt_events_liquidations";

    public static DocumentStore CreateStore(NpgsqlDataSource source, ProjectionSignal signal) => DocumentStore.For(options =>
    {
        options.Connection(source);
        options.Projections.Wakeup = signal;
        Configure(options);
    });

    private static void Configure(StoreOptions options)
    {
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.DisableNpgsqlLogging = true;
        options.Projections.AsyncMode = DaemonMode.Solo;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, ConfigureJson);

        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.UseBinarySerializer<BlockAppended>(new BlockSerializer());
        options.Events.IgnoreIndex(BlockNumberIndex);
        options.Events.IgnoreIndex(ExecutionIndex);
        options.Events.IgnoreIndex(FactIndex);
        options.Events.IgnoreIndex(LiquidationIndex);
        foreach ((Type type, string name) in EventNames.All) options.Events.MapEventType(type, name);

        options.Schema.For<TapeBatch>().IdStrategy(new NoOpIdGeneration());
        options.Schema.For<OutboxBatch>().IdStrategy(new NoOpIdGeneration()).Index(batch => batch.State);
        options.Projections.Add<TapeProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<OutboxProjection>(ProjectionLifecycle.Async);
        options.Projections.Add<VenueStatusProjection>(ProjectionLifecycle.Async);
    }

    /// <summary>The JSON of facts and projections: camel case, enums by name, nulls left out.</summary>
    public static void ConfigureJson(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    }
}
