using System.Buffers.Binary;
using System.Collections.Immutable;
using DarkPool.Chain.Rpc;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Opening;
using DarkPool.Enclave.Shard;
using DarkPool.Enclave.Snapshots;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;

namespace DarkPool.Enclave.Server;

/// <summary>Carries out the host's requests, one after another, on the executor's thread.</summary>
internal sealed class RequestDesk : IDisposable
{
    private readonly EnclaveContext _context;
    private readonly AnswerWriter _answers;
    private readonly Crew _crew;
    private ShardExecutor? _shard;
    private ShardState? _state;
    private ulong _governanceSeen;
    private volatile DepositProgress _deposits = DepositProgress.None;
    private volatile AnchoredHead _anchor;
    private volatile EnclaveStage _stage = EnclaveStage.AwaitsRestore;

    public RequestDesk(EnclaveContext context, AnswerWriter answers, Crew crew)
    {
        _context = context;
        _answers = answers;
        _crew = crew;
        _anchor = new AnchoredHead(0, context.Genesis.GenesisHead);
    }

    public EnclaveStage Stage => _stage;

    /// <summary>What is credited and listed; read by the deposit watch on its own thread.</summary>
    public DepositProgress Deposits => _deposits;

    /// <summary>What the chain's registry named when the enclave went live; read by evidence on other threads.</summary>
    public AnchoredHead Anchor => _anchor;

    public ShardExecutor Shard => _shard
        ?? throw new LinkException(LinkErrorCode.UnexpectedMessage, "The first request is Restore.");

    public void Restore(LinkFrame request, byte[] snapshot)
    {
        if (_shard is not null) throw new LinkException(LinkErrorCode.UnexpectedMessage, "The enclave is restored already.");
        var (length, sealedKeys) = RestoreRequest.Read(request.Payload.Span);
        if (length != (ulong)snapshot.Length) throw new LinkException(LinkErrorCode.MalformedMessage,
            "The snapshot's parts do not add up.");
        RestoreKeys(sealedKeys);
        _state = snapshot.Length == 0
            ? ShardState.AtGenesis(
                _context.Genesis, SnapshotSeal.NewHashSeed(), _context.Keys.Epochs.DeriveDrawSeed(_context.Genesis.VenueId))
            : SnapshotSeal.Open(snapshot, _context.Genesis, _context.Keys.Seal);
        _shard = new ShardExecutor(_context.Genesis, _context.Keys, _crew, _state);
        PublishDeposits();
        _stage = EnclaveStage.Replays;
        var position = _shard.Executed;
        _context.Log.Write($"restored to block {position.Block}");
        var answer = new Restored(position.Block, position.Head.ToArray(), SealedKeys());
        _answers.Write(LinkMessageType.Restored, request.Correlation, answer.Write);
    }

    public void Execute(LinkFrame request, PreparedBlock block, bool replay)
    {
        if (replay == (_stage == EnclaveStage.Live))
            throw new LinkException(LinkErrorCode.UnexpectedMessage, "Before GoLive blocks are replayed, after it they are not.");
        Shard.Execute(block, replay ? null : _context.Now);
        PublishDeposits();
        var number = Shard.Executed.Block;
        if (replay) AnswerCommitted(request, number);
        else WriteNumber(LinkMessageType.Executed, request.Correlation, number);
    }

    public void Commit(LinkFrame request) => AnswerCommitted(request, NumberPayload.ReadUInt64(request.Payload.Span));

    /// <summary>Compares the log with what is anchored on chain. Only if it contains that, new blocks are accepted.</summary>
    public void GoLive(LinkFrame request)
    {
        var position = Shard.Executed;
        if (_context.Chain is not { } chain)
        {
            AnswerLive(request, LiveState.ReplayOnly);
            return;
        }

        AnchoredHead anchor;
        try
        {
            anchor = chain.ReadAnchorAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (ChainUnavailableException e)
        {
            _context.Log.Write($"not live: {e.Message}");
            AnswerLive(request, LiveState.ChainUnavailable);
            return;
        }

        AnchorGate.Check(anchor.Block, anchor.Head, position, _state!.Anchors, _context.Now);
        if (anchor.Block != 0) _anchor = anchor;
        _stage = EnclaveStage.Live;
        _context.Log.Write($"live after block {position.Block}; the chain knows block {anchor.Block}");
        AnswerLive(request, LiveState.Live);
    }

    public void Attach(LinkFrame request)
    {
        var session = AttachRequest.Read(request.Payload.Span, out var token);
        var answer = Shard.Attach(session, token);
        _answers.Write(LinkMessageType.Attached, request.Correlation, answer.Write);
    }

    public void Detach(LinkFrame request)
    {
        Shard.Streams.Detach(NumberPayload.ReadUInt32(request.Payload.Span));
        _answers.Write(LinkMessageType.Detached, request.Correlation, ReadOnlyMemory<byte>.Empty);
    }

    public void Draw(LinkFrame request)
    {
        var rateClass = (RateClass)NumberPayload.ReadByte(request.Payload.Span);
        if (!rateClass.IsKnown()) throw new LinkException(LinkErrorCode.MalformedMessage, "Draw names an unknown rate class.");
        _answers.Write(LinkMessageType.Frames, request.Correlation, Shard.Draw(rateClass));
    }

    public void Snapshot(LinkFrame request)
    {
        var position = Shard.Executed;
        ReadOnlyMemory<byte> bytes = position == Shard.Committed
            ? SnapshotSeal.Seal(_state!, _context.Genesis, _context.Keys.Seal)
            : default;
        for (var at = 0; at < bytes.Length; at += LinkLimits.SnapshotPart)
        {
            var part = bytes.Slice(at, Math.Min(LinkLimits.SnapshotPart, bytes.Length - at));
            _answers.Write(LinkMessageType.SnapshotPart, request.Correlation, part);
        }

        var end = new SnapshotEnd(position.Block, position.Head.ToArray(), (ulong)bytes.Length);
        _answers.Write(LinkMessageType.SnapshotEnd, request.Correlation, end.Write);
    }

    public void Status(LinkFrame request)
    {
        var status = new EnclaveStatus(
            (byte)_stage,
            _shard?.Executed.Block ?? 0,
            _shard?.Committed.Block ?? 0,
            _shard?.Entries ?? 0,
            _shard?.Dropped ?? 0,
            (uint)(_state?.Sessions.Count ?? 0),
            (uint)(_shard?.Streams.Count ?? 0),
            _context.Keys.Epochs.Newest,
            _deposits.LastDepositId);
        _answers.Write(LinkMessageType.StatusReport, request.Correlation, status.Write);
    }

    public void RotateKeys(LinkFrame request)
    {
        if (_shard is null) throw new LinkException(LinkErrorCode.UnexpectedMessage, "The first request is Restore.");
        _context.Keys.Epochs.StartEpoch();
        _context.Log.Write($"key epoch {_context.Keys.Epochs.Newest} started");
        var answer = new KeyEpochs(_context.Keys.Epochs.Newest, SealedKeys());
        _answers.Write(LinkMessageType.KeyEpochs, request.Correlation, answer.Write);
    }

    public void Dispose() => _shard?.Dispose();

    private void RestoreKeys(byte[] sealedKeys)
    {
        if (sealedKeys.Length == 0 && _context.Keys.Epochs.Newest == 0)
            _context.Keys.Epochs.StartEpoch();
        else if (sealedKeys.Length != 0 && !_context.Keys.Epochs.TryUnseal(_context.Keys.Seal, _context.Genesis.VenueId, sealedKeys))
        {
            throw new LinkException(
                LinkErrorCode.KeysRefused, "The sealed key epochs are not of this platform and venue, altered, or not those handed over.");
        }
    }

    private byte[] SealedKeys() => _context.Keys.Epochs.Seal(_context.Keys.Seal, _context.Genesis.VenueId);

    private void AnswerCommitted(LinkFrame request, ulong number)
    {
        var execution = Shard.Commit(number);
        _answers.Write(LinkMessageType.Committed, request.Correlation, execution.Write);
    }

    private void AnswerLive(LinkFrame request, LiveState state)
    {
        var answer = new LiveAnswer(state, _anchor.Block, _anchor.Head.ToArray());
        _answers.Write(LinkMessageType.Live, request.Correlation, answer.Write);
    }

    private void WriteNumber(LinkMessageType type, uint correlation, ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        _answers.Write(type, correlation, bytes);
    }

    private void PublishDeposits()
    {
        var venue = _state!.Venue;
        var known = _deposits;
        if (venue.LastDepositId == known.LastDepositId && venue.GovernanceSequence == _governanceSeen) return;
        var tokens = venue.GovernanceSequence == _governanceSeen
            ? known.Tokens
            : venue.Assets.Select(asset => new EvmAddress(asset.Token.AsSpan())).ToImmutableHashSet();
        _governanceSeen = venue.GovernanceSequence;
        _deposits = new DepositProgress(venue.LastDepositId, tokens);
    }
}
