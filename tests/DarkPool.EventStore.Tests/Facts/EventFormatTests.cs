using System.Runtime.CompilerServices;
using System.Text.Json;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Projections;
using Marten;
using Npgsql;
using Xunit;

namespace DarkPool.EventStore.Tests.Facts;

/// <summary>Event names and the JSON of facts never change: the golden files beside this test hold what was written once.</summary>
public sealed class EventFormatTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=localhost");
    private readonly DocumentStore _store;

    public EventFormatTests() => _store = MartenConfiguration.CreateStore(_nowhere, new ProjectionSignal());

    public static TheoryData<string> Names => [.. SampleFacts.All.Select(fact => EventNames.All[fact.GetType()])];

    public void Dispose()
    {
        _store.Dispose();
        _nowhere.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fact_is_written_as_its_golden_file_says(string name) =>
        Assert.Equal(ReadGolden(name), Pretty(_store.Options.Serializer().ToJson(Sample(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_file_is_read_as_the_fact_that_it_was(string name)
    {
        var fact = _store.Options.Serializer().FromJson(Sample(name).GetType(), new MemoryStream(File.ReadAllBytes(GoldenPath(name))));
        Assert.Equal(ReadGolden(name), Pretty(_store.Options.Serializer().ToJson(fact)));
    }

    [Fact]
    public void Every_event_but_the_block_has_a_golden_file_and_every_golden_file_an_event() =>
        Assert.Equal(
            EventNames.All.Values.Where(name => name != EventNames.BlockAppended).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.GetDirectoryName(GoldenPath(""))!, "*.json")
                .Select(Path.GetFileNameWithoutExtension)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Marten_knows_every_event_by_its_fixed_name() =>
        Assert.Equal(
            EventNames.All.Values.Order(StringComparer.Ordinal),
            ((IReadOnlyStoreOptions)_store.Options).Events.AllKnownEventTypes()
                .Where(known => known.EventType.Namespace == typeof(BlockAppended).Namespace)
                .Select(known => known.EventTypeName).Order(StringComparer.Ordinal));

    private static object Sample(string name) => SampleFacts.All.Single(fact => EventNames.All[fact.GetType()] == name);

    private static string ReadGolden(string name) => File.ReadAllText(GoldenPath(name)).ReplaceLineEndings("\n").TrimEnd();

    private static string GoldenPath(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Golden", $"{name}.json");

    private static string Pretty(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json), Indented).ReplaceLineEndings("\n");
}
