using System.Diagnostics;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Shard;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;

namespace DarkPool.Load.Seal;

/// <summary>
/// One execution of the sealed log in a fresh shard, as the enclave does it: blocks are prepared ahead, applied in order, committed,
/// drawn.
/// </summary>
internal sealed class SealRun : IDisposable
{
    private const int PreparedAhead = 3;

    /// <summary>
    /// Reports that surely fill a frame of the fast class: with fewer waiting on average, a frame would leave half empty.
    /// </summary>
    private const long ReportsPerFrame = 45;

    private readonly SealedLog _log;
    private readonly Crew _crew;
    private readonly ShardExecutor _shard;
    private readonly ShardState _state;
    private readonly byte[][] _blocks;
    private readonly PreparedBlock[] _preparations = new PreparedBlock[PreparedAhead];
    private readonly Session[] _sessions;

    public SealRun(SealVenue venue, SealedLog log, SealClients clients, int hands)
    {
        _log = log;
        _crew = new Crew(hands);
        _shard = venue.NewShard(_crew, out _state);
        for (var i = 0; i < _preparations.Length; i++) _preparations[i] = _shard.NewPreparation();
        foreach (var block in log.Setup)
        {
            _shard.Prepare(_preparations[0], block.AsSpan().ToArray());
            _shard.Execute(_preparations[0], now: null);
            _shard.Commit(_shard.Executed.Block);
        }

        foreach (var session in clients.Sessions)
        {
            var answer = _shard.Attach(session.Number, session.RequestStream(1).Token.Span);
            if (answer.Outcome != AttachOutcome.Attached) throw new InvalidOperationException($"{answer.Outcome}");
        }

        _sessions = _state.Sessions.InOrder();

        // Opening overwrites the ciphertext: each run has its own copy, as if it had come over the socket.
        _blocks = [.. log.Blocks.Select(block => block.AsSpan().ToArray())];
        for (var stage = 0; stage < Stages.Length; stage++) Stages[stage] = new long[_blocks.Length];
    }

    /// <summary>Of all blocks after the warm-up: a venue runs for weeks, and touches its memory for the first time only once.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Ticks of each block in each stage.</summary>
    public long[][] Stages { get; } = [.. Enumerable.Range(0, SealStages.Count).Select(_ => Array.Empty<long>())];

    public long Frames { get; private set; }

    /// <summary>Managed bytes of the whole run: tables and pages grow in it.</summary>
    public long Allocated { get; private set; }

    /// <summary>Managed bytes per block of the second half, when tables and pages have grown to what the flow needs.</summary>
    public double AllocatedPerBlock { get; private set; }

    public void Run()
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var (half, allocatedByHalf) = (_blocks.Length / 2, 0L);
        var start = 0L;
        for (var i = 0; i < Math.Min(PreparedAhead, _blocks.Length); i++) _shard.Prepare(_preparations[i], _blocks[i]);
        for (var i = 0; i < _blocks.Length; i++)
        {
            if (i == _log.WarmUpBlocks) start = Stopwatch.GetTimestamp();
            if (i == half) allocatedByHalf = GC.GetTotalAllocatedBytes(precise: true);
            var preparation = _preparations[i % PreparedAhead];
            var begun = Stopwatch.GetTimestamp();
            preparation.Complete();
            var opened = Stopwatch.GetTimestamp();
            _shard.Execute(preparation, now: null);
            var applied = Stopwatch.GetTimestamp();
            if (i + PreparedAhead < _blocks.Length) _shard.Prepare(preparation, _blocks[i + PreparedAhead]);
            _shard.Commit(_shard.Executed.Block);
            var committed = Stopwatch.GetTimestamp();
            Draw(leaveLess: i < _blocks.Length - 1 ? ReportsPerFrame * _sessions.Length : 1);
            var drawn = Stopwatch.GetTimestamp();
            Stages[SealStages.OpenStage][i] = opened - begun;
            Stages[SealStages.ApplyStage][i] = applied - opened;
            Stages[SealStages.CommitStage][i] = committed - applied;
            Stages[SealStages.DrawStage][i] = drawn - committed;
        }

        Elapsed = Stopwatch.GetElapsedTime(start);
        var allocatedAtEnd = GC.GetTotalAllocatedBytes(precise: true);
        Allocated = allocatedAtEnd - allocated;
        AllocatedPerBlock = (double)(allocatedAtEnd - allocatedByHalf) / (_blocks.Length - half);
        if (_state.Venue.StateRoot.ToString() != _log.FinalRoot) throw new InvalidOperationException("The run reached another state root.");
    }

    /// <summary>Draws frames of all streams until fewer reports than stated wait.</summary>
    private void Draw(long leaveLess)
    {
        while (true)
        {
            var waiting = 0L;
            foreach (var session in _sessions) waiting += session.Outbox.Unread;
            if (waiting < leaveLess) return;
            _shard.Draw(RateClass.Fast);
            Frames += _sessions.Length;
        }
    }

    public void Dispose()
    {
        _shard.Dispose();
        _crew.Dispose();
        foreach (var preparation in _preparations) preparation.Dispose();
    }
}
