using System.Net.Sockets;
using System.Threading.Channels;

namespace DarkPool.Protocol.Link;

/// <summary>
/// The host's side of the link: typed calls to one enclave. Calls may overlap; the enclave takes them in the order in which they
/// were made and answers in that order. When the enclave goes away, every waiting and later call throws <see cref="LinkException"/>.
/// </summary>
public sealed class EnclaveLink : IAsyncDisposable
{
    /// <summary>How often a starting enclave is tried.</summary>
    private static readonly TimeSpan ConnectInterval = TimeSpan.FromMilliseconds(50);

    private readonly LinkConnection _connection;
    private readonly PendingAnswers _pending = new();
    private readonly AnswerReader _answers;
    private readonly Task _reading;

    /// <summary>Takes over a connection to an enclave.</summary>
    public EnclaveLink(LinkConnection connection)
    {
        _connection = connection;
        _answers = new AnswerReader(connection, _pending);
        _reading = Task.Run(_answers.RunAsync);
    }

    /// <summary>Ends when the enclave is gone; the result is the reason.</summary>
    public Task<LinkException> Gone => _pending.Gone;

    /// <summary>
    /// Certificates (bodies of kind 2 entries) of deposits that are not in the log. An offer is repeated until it is there, so one may
    /// come twice; completes when the link is gone.
    /// </summary>
    public ChannelReader<ReadOnlyMemory<byte>> DepositsOffered => _answers.DepositsOffered;

    /// <summary>Connects to an enclave that listens.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<EnclaveLink> ConnectAsync(LinkEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new EnclaveLink(new LinkConnection(await endpoint.ConnectAsync(cancellationToken)));
    }

    /// <summary>Connects to an enclave that may still be starting.</summary>
    /// <exception cref="SocketException">Nobody listens after <paramref name="patience"/>.</exception>
    public static async Task<EnclaveLink> ConnectAsync(
        LinkEndpoint endpoint, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        long start = time.GetTimestamp();
        using var timer = new PeriodicTimer(ConnectInterval, time);
        while (true)
        {
            try
            {
                return await ConnectAsync(endpoint, cancellationToken);
            }
            catch (SocketException) when (time.GetElapsedTime(start) < patience)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    /// <summary>The first call: load a snapshot (or start from genesis) and the sealed key epochs.</summary>
    public async Task<Restored> RestoreAsync(
        ReadOnlyMemory<byte> snapshot, ReadOnlyMemory<byte> sealedKeys, CancellationToken cancellationToken = default)
    {
        for (int at = 0; at < snapshot.Length; at += LinkLimits.SnapshotPart)
        {
            int length = Math.Min(LinkLimits.SnapshotPart, snapshot.Length - at);
            await _connection.WriteAsync(LinkMessageType.RestorePart, 0, snapshot.Slice(at, length), cancellationToken);
        }

        byte[] request = new RestoreRequest((ulong)snapshot.Length, sealedKeys.ToArray()).Encode();
        using LinkFrame answer = await CallAsync(LinkMessageType.Restore, request, LinkMessageType.Restored, cancellationToken);
        return Restored.Read(answer.Payload.Span);
    }

    /// <summary>Executes the next block; its result stays inside until <see cref="CommitAsync"/>. Several may be in flight.</summary>
    /// <returns>The block's number.</returns>
    public async Task<ulong> ExecuteAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Execute, new byte[] { 0 }, block, LinkMessageType.Executed, cancellationToken);
        return NumberPayload.ReadUInt64(answer.Payload.Span);
    }

    /// <summary>Executes and commits a block that the log holds already. Several may be in flight.</summary>
    public async Task<BlockExecution> ReplayAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Execute, new byte[] { ExecuteRequest.ReplayFlag }, block, LinkMessageType.Committed, cancellationToken);
        return BlockExecution.Read(answer.Payload.Span);
    }

    /// <summary>Tells that a block is durable; blocks commit in order.</summary>
    public async Task<BlockExecution> CommitAsync(ulong number, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Commit, NumberPayload.Encode(number), LinkMessageType.Committed, cancellationToken);
        return BlockExecution.Read(answer.Payload.Span);
    }

    /// <summary>Ends the replay.</summary>
    /// <exception cref="LinkException">The log is a fork of what is anchored on chain, or the chain is the wrong one.</exception>
    public async Task<LiveAnswer> GoLiveAsync(CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(LinkMessageType.GoLive, default, LinkMessageType.Live, cancellationToken);
        return LiveAnswer.Read(answer.Payload.Span);
    }

    /// <summary>Claims and evidence over a nonce of 32 bytes.</summary>
    public async Task<IdentityAnswer> IdentifyAsync(ReadOnlyMemory<byte> nonce, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(LinkMessageType.Identify, nonce, LinkMessageType.Identity, cancellationToken);
        return IdentityAnswer.Read(answer.Payload.Span);
    }

    /// <summary>Opens a report stream of a session with the client's token of 56 bytes.</summary>
    public async Task<AttachAnswer> AttachAsync(ulong session, ReadOnlyMemory<byte> token, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(token.Length, AttachRequest.TokenLength);
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Attach, NumberPayload.Encode(session), token, LinkMessageType.Attached, cancellationToken);
        return AttachAnswer.Read(answer.Payload.Span);
    }

    /// <summary>Ends a report stream; one that ended already is no error.</summary>
    public async Task DetachAsync(uint stream, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Detach, NumberPayload.Encode(stream), LinkMessageType.Detached, cancellationToken);
    }

    /// <summary>One frame of every attached stream of a rate class; called at the class's rate.</summary>
    public async Task<FrameBatch> DrawAsync(byte rateClass, CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Draw, new[] { rateClass }, LinkMessageType.Frames, cancellationToken);
        return FrameBatch.Read(answer.Payload.ToArray());
    }

    /// <summary>
    /// A sealed snapshot of the state after the last executed block. Its bytes are empty when an executed block is not committed yet:
    /// such a state must not survive; ask between a Commit and the next Execute.
    /// </summary>
    public async Task<SealedSnapshot> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(LinkMessageType.Snapshot, default, LinkMessageType.SnapshotEnd, cancellationToken);
        SnapshotEnd end = SnapshotEnd.Read(answer.Payload.Span);
        byte[] bytes = _pending.TakeParts(answer.Correlation);
        if ((ulong)bytes.Length != end.Length)
            throw new LinkException(LinkErrorCode.MalformedMessage, "The snapshot's parts do not add up.");
        return new SealedSnapshot(end.Block, end.Head, bytes);
    }

    /// <summary>Counters.</summary>
    public async Task<EnclaveStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(LinkMessageType.Status, default, LinkMessageType.StatusReport, cancellationToken);
        return EnclaveStatus.Read(answer.Payload.Span);
    }

    /// <summary>Starts a new key epoch; older ones go on opening what was sealed to them.</summary>
    public async Task<KeyEpochs> RotateKeysAsync(CancellationToken cancellationToken = default)
    {
        using LinkFrame answer = await CallAsync(LinkMessageType.RotateKeys, default, LinkMessageType.KeyEpochs, cancellationToken);
        return KeyEpochs.Read(answer.Payload.Span);
    }

    /// <summary>
    /// Has the enclave's platform send signed settlement batches to the registry, and waits until the chain has taken or refused them.
    /// </summary>
    public async Task<PublishAnswer> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using LinkFrame answer = await CallAsync(
            LinkMessageType.Publish, request.Encode(), LinkMessageType.Published, cancellationToken);
        return PublishAnswer.Read(answer.Payload.Span);
    }

    /// <summary>Closes the link; the enclave ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _reading;
    }

    private Task<LinkFrame> CallAsync(
        LinkMessageType type, ReadOnlyMemory<byte> payload, LinkMessageType answer, CancellationToken cancellationToken) =>
        CallAsync(type, ReadOnlyMemory<byte>.Empty, payload, answer, cancellationToken);

    private async Task<LinkFrame> CallAsync(
        LinkMessageType type,
        ReadOnlyMemory<byte> first,
        ReadOnlyMemory<byte> second,
        LinkMessageType answer,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<LinkFrame> waiting = _pending.Add(out uint correlation);
        try
        {
            await _connection.WriteAsync(type, correlation, first, second, CancellationToken.None);
        }
        catch (LinkException e)
        {
            _pending.FailAll(e);
        }

        LinkFrame frame = await waiting.WaitAsync(cancellationToken);
        if (frame.Type == answer) return frame;
        frame.Dispose();
        throw new LinkException(LinkErrorCode.MalformedMessage, $"The enclave answered {type} with {frame.Type}.");
    }
}
