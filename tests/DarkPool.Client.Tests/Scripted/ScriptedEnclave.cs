using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Scripted;

/// <summary>
/// The trusted half of a venue reduced to what its client sees: it opens real envelopes, links and signs real blocks and fills real
/// outboxes, but its "engine" accepts every order and knows no other.
/// </summary>
internal sealed class ScriptedEnclave : IDisposable
{
    private readonly Dictionary<ulong, ScriptedSession> _sessions = [];
    private readonly BlockBuilder _builder = new(shard: 0);
    private Bytes32 _head;
    private Bytes32 _headBefore;
    private ulong _block;
    private long _time = 1_000_000;

    public ScriptedEnclave()
    {
        Genesis = new Genesis(31337, default, default, 0, 1, [PublicKey(SigningKey)]);
        _head = Genesis.GenesisHead;
    }

    public Genesis Genesis { get; }

    public Key SigningKey { get; } = Key.Create(SignatureAlgorithm.Ed25519);

    public Key EncryptionKey { get; } = Key.Create(KeyAgreementAlgorithm.X25519);

    /// <summary>Every command executed: session and sequence, in the order of the log.</summary>
    public List<(ulong Session, ulong Sequence, CommandType Type)> Executed { get; } = [];

    public EnclaveIdentity Identity =>
        new(PublicKey(SigningKey), default, 1, PublicKey(EncryptionKey), PeerPolicyHash, 0, Genesis.GenesisHead);

    /// <summary>What it claims to judge its peers by.</summary>
    public Bytes32 PeerPolicyHash { get; set; }

    public ScriptedSession Session(ulong number) => _sessions[number];

    /// <summary>Puts envelopes into a block and executes them.</summary>
    /// <returns>The receipt.</returns>
    public byte[] Execute(ReadOnlySpan<byte> envelopes, Key? signer = null)
    {
        _builder.Reset();
        var rest = envelopes;
        while (EnvelopeHeader.TryTake(ref rest, out _, out var envelope))
            _builder.TryAppend(EntryKind.Envelope, envelope);
        _builder.Seal(++_block, ++_time, _head, 1, out BlockHeader header);
        _headBefore = _head;
        _head = header.ComputeHead();
        rest = envelopes;
        for (uint index = 0; EnvelopeHeader.TryTake(ref rest, out EnvelopeHeader envelopeHeader, out var envelope); index++)
        {
            if (envelopeHeader.Kind == EnvelopeKind.Hello)
                Open(envelope, index);
            else if (_sessions.TryGetValue(envelopeHeader.Session, out ScriptedSession? session))
                Apply(session, envelopeHeader, envelope, index);
        }
        var signature = new byte[BlockStatement.SignatureSize];
        new BlockStatement(Genesis.VenueId, _block, _head, default).Sign(signer ?? SigningKey, signature);
        return Receipt.Build(header, _builder.Tree, 0, _builder.Count, default, signature);
    }

    /// <summary>Number of the session that the last executed hello opened.</summary>
    public ulong LastSession => SessionNumber.At(_block, 0);

    public ulong LastBlock => _block;

    /// <summary>The log forgets its last block, as after a restore of an old copy.</summary>
    public void ForgetBlock()
    {
        _block--;
        _head = _headBefore;
    }

    /// <summary>The next block names a predecessor that never was.</summary>
    public void Fork() => _head = PublicKey(EncryptionKey);

    /// <summary>A trade of a resting order, which no command of the session's caused.</summary>
    public void FillResting(ulong session, ulong orderId) => _sessions[session].Report(ReportType.Fill, 0, _block, 0, Fill.Size, body =>
        new Fill(orderId, 1, 1, Side.Buy, Liquidity.Maker, 100, 1, 0).Write(body));

    public void Dispose()
    {
        foreach (ScriptedSession session in _sessions.Values)
            session.Dispose();
        _builder.Dispose();
        SigningKey.Dispose();
        EncryptionKey.Dispose();
    }

    private static Bytes32 PublicKey(Key key) => new(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    private void Open(ReadOnlySpan<byte> envelope, uint index)
    {
        Assert.True(HelloOpener.TryOpen(envelope, EncryptionKey, Genesis.VenueId, out OpenedHello? hello));
        ulong number = SessionNumber.At(_block, (int)index);
        var session = new ScriptedSession(number, hello);
        _sessions.Add(number, session);
        session.Report(ReportType.SessionOpened, index, _block, 0, SessionOpened.Size, body =>
            new SessionOpened(number, hello.Account).Write(body));
    }

    private void Apply(ScriptedSession session, in EnvelopeHeader header, ReadOnlySpan<byte> envelope, uint index)
    {
        var plaintext = new byte[EnvelopeLimits.SmallPlaintext];
        Assert.True(CommandOpener.TryOpen(session.Keys, header, envelope, plaintext));
        Assert.True(CommandHeader.TryRead(plaintext, out CommandHeader command, out var body));
        ulong sequence = header.Sequence;
        if (session.Refusing is not null || sequence != session.LastSequence + 1)
        {
            session.Reject(session.Refusing ?? RejectionCode.OutOfSequence, CommandType.Cover, index, _block, sequence);
            return;
        }
        session.LastSequence = sequence;
        session.Acknowledged = Math.Max(session.Acknowledged, command.Ack);
        Executed.Add((session.Number, sequence, command.Type));
        session.Answer(command.Type, body, index, _block, sequence);
    }
}
