using DarkPool.Client.Sessions;
using DarkPool.Protocol.Envelopes;

namespace DarkPool.Client.Submission;

/// <summary>Envelopes of one request, sealed in place, with whose commands they are. Used again once it is done.</summary>
internal sealed class SubmissionBatch(int capacity)
{
    /// <summary>Every command that this client seals is of the small class.</summary>
    private const int EnvelopeBytes = EnvelopeLimits.SmallSize;

    private readonly byte[] _bytes = new byte[capacity * EnvelopeBytes];
    private readonly List<Entry> _entries = new(capacity);

    public bool IsFull => _entries.Count == capacity;

    public int Count => _entries.Count;

    public IReadOnlyList<Entry> Entries => _entries;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _entries.Count * EnvelopeBytes);

    /// <summary>Where the next envelope is sealed.</summary>
    public Span<byte> NextPlace => _bytes.AsSpan(_entries.Count * EnvelopeBytes, EnvelopeBytes);

    public void Add(SessionChannel session, SubmittedCommand command) => _entries.Add(new Entry(session, command));

    /// <summary>The envelopes of a run of entries, one behind the other.</summary>
    public ReadOnlySpan<byte> Run(int first, int count) => _bytes.AsSpan(first * EnvelopeBytes, count * EnvelopeBytes);

    public void Clear() => _entries.Clear();

    /// <summary>A command and its session.</summary>
    public readonly record struct Entry(SessionChannel Session, SubmittedCommand Command);
}
