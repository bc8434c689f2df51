using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Shard;
using DarkPool.Load.OrderFlow;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Load.Seal;

/// <summary>
/// The log that is measured, sealed ahead of time: a few blocks that set the venue up, then blocks full of commands. While it is made a
/// shard executes it, so that clients acknowledge what they would have received by then.
/// </summary>
internal sealed class SealedLog : IDisposable
{
    /// <summary>How many blocks a client's acknowledgements are behind.</summary>
    private const int AckLag = 4;

    private const long FirstTime = 1_700_000_000_000_000;

    /// <summary>A full block a millisecond.</summary>
    private const long BlockInterval = 1_000;

    private readonly BlockBuilder _builder;
    private readonly ShardExecutor _shard;
    private readonly PreparedBlock _preparation;

    private SealedLog(SealVenue venue, ShardExecutor shard)
    {
        _builder = new BlockBuilder(venue.Genesis.Shard);
        _shard = shard;
        _preparation = shard.NewPreparation();
    }

    /// <summary>Blocks that list, open sessions and fund.</summary>
    public List<byte[]> Setup { get; } = [];

    /// <summary>Blocks of commands.</summary>
    public List<byte[]> Blocks { get; } = [];

    /// <summary>Envelopes in <see cref="Blocks"/>.</summary>
    public int Envelopes { get; private set; }

    /// <summary>The first blocks, which are executed and not measured.</summary>
    public int WarmUpBlocks => Blocks.Count / 5;

    /// <summary>Envelopes in the blocks that are measured.</summary>
    public int MeasuredEnvelopes => Envelopes - (WarmUpBlocks * BlockLimits.MaxEntries);

    /// <summary>Numbers of the clients' sessions.</summary>
    public ulong[] Sessions { get; private set; } = [];

    /// <summary>The root that every execution has to reach.</summary>
    public string FinalRoot { get; private set; } = "";

    /// <summary>Reports of all clients when the log ends.</summary>
    public ulong Reports { get; private set; }

    /// <summary>Fills of all clients: two for a trade.</summary>
    public ulong Trades { get; private set; }

    public static SealedLog Make(SealVenue venue, SealClients clients, IReadOnlyList<OrderFlowSet> flows, int envelopes)
    {
        using var crew = new Crew(0);
        using var shard = venue.NewShard(crew, out var state);
        var log = new SealedLog(venue, shard);
        log.SetUp(venue, clients);
        log.Fill(clients, state.Sessions, Commands(flows), envelopes);
        log.FinalRoot = state.Venue.StateRoot.ToString();
        log.Trades = state.Venue.TradeCount;
        log.Reports = log.Sessions.Aggregate(0UL, (sum, number) => sum + state.Sessions.Find(number)!.Outbox.LastNumber);
        return log;
    }

    /// <summary>Gives the buffers that made the blocks back.</summary>
    public void Dispose()
    {
        _builder.Dispose();
        _preparation.Dispose();
    }

    /// <summary>The days one after another, again and again, ids raised from round to round.</summary>
    private static IEnumerable<(BookCommand Command, ulong IdOffset)> Commands(IReadOnlyList<OrderFlowSet> flows)
    {
        for (ulong round = 0; ; round++)
        {
            foreach (var flow in flows)
            {
                foreach (var command in flow.Commands) yield return (command, round * OrderFlowSet.IdsPerRound);
            }
        }
    }

    private void SetUp(SealVenue venue, SealClients clients)
    {
        foreach (var entry in venue.Listings()) Append(EntryKind.Governance, entry);
        Setup.Add(Close());
        var number = _shard.Executed.Block + 1;
        foreach (var session in clients.Sessions)
        {
            session.Bind(SessionNumber.At(number, _builder.Count));
            Append(EntryKind.Envelope, session.Hello.Span);
        }

        Setup.Add(Close());
        Sessions = [.. clients.Sessions.Select(session => session.Number)];
        foreach (var entry in venue.Deposits(clients.Accounts)) Append(EntryKind.Deposit, entry);
        Setup.Add(Close());
    }

    private void Fill(
        SealClients clients, SessionTable sessions, IEnumerable<(BookCommand Command, ulong IdOffset)> commands, int envelopes)
    {
        var received = new Queue<ulong[]>();
        Span<byte> envelope = stackalloc byte[EnvelopeLimits.SmallSize];
        foreach (var (command, idOffset) in commands)
        {
            clients.Seal(command, idOffset, envelope);
            Append(EntryKind.Envelope, envelope);
            Envelopes++;
            if (_builder.Count < BlockLimits.MaxEntries && Envelopes < envelopes) continue;
            Blocks.Add(Close());
            received.Enqueue([.. Sessions.Select(number => sessions.Find(number)!.Outbox.LastNumber)]);
            if (received.Count > AckLag) received.Dequeue().CopyTo(clients.Acks, 0);
            if (Envelopes == envelopes) return;
        }
    }

    private void Append(EntryKind kind, ReadOnlySpan<byte> data)
    {
        if (!_builder.TryAppend(kind, data)) throw new InvalidOperationException("A block of the measurement is full.");
    }

    /// <summary>Closes and executes the block.</summary>
    private byte[] Close()
    {
        var last = _shard.Executed;
        var block = _builder.Seal(
            last.Block + 1, Math.Max(last.Time, FirstTime) + BlockInterval, last.Head, sequencerEpoch: 1, out _).ToArray();
        _builder.Reset();
        _shard.Prepare(_preparation, block.AsSpan().ToArray());
        _shard.Execute(_preparation, now: null);
        _shard.Commit(_shard.Executed.Block);
        return block;
    }
}
