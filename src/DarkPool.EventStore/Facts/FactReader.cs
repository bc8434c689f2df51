using DarkPool.EventStore.Configuration;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Facts;

/// <summary>
/// Reads streams of facts straight from Npgsql: a command that lives for a second would spend a fifth of it on Marten's way of reading.
/// </summary>
internal sealed class FactReader(NpgsqlDataSource source, ISerializer serializer)
{
    private const string Stream = $"""
        select data, type from {MartenConfiguration.Schema}.mt_events where stream_id = $1 order by version
        """;

    private static readonly Dictionary<string, Type> Types = EventNames.All.ToDictionary(named => named.Value, named => named.Key);

    /// <summary>All facts of a stream, in order.</summary>
    /// <exception cref="NotSupportedException">A later version wrote a fact that this one does not know.</exception>
    public async Task<IReadOnlyList<object>> ReadAsync(string stream, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(Stream, connection);
        command.Parameters.AddWithValue(stream);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var facts = new List<object>();
        while (await reader.ReadAsync(cancellation))
        {
            var name = reader.GetString(1);
            if (!Types.TryGetValue(name, out var type))
                throw new NotSupportedException($"The stream {stream} holds a fact that this version does not know: {name}.");
            facts.Add(serializer.FromJson(type, reader, 0));
        }

        return facts;
    }
}
