using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>
/// The client's side of a session: makes the hello, seals commands in sequence, asks for report streams. A sequence is never used for two
/// plaintexts: what was sealed is sent again as the same bytes. Not for use by two threads at once.
/// </summary>
public sealed class ClientSession : IDisposable
{
    private readonly SessionKeys _keys;

    private ClientSession(
        SessionKeys keys, uint keyEpoch, RateClass rateClass, ulong number, ulong nextSequence, ReadOnlyMemory<byte> hello)
    {
        _keys = keys;
        KeyEpoch = keyEpoch;
        RateClass = rateClass;
        Number = number;
        NextSequence = nextSequence;
        Hello = hello;
    }

    /// <summary>The key epoch of the session.</summary>
    public uint KeyEpoch { get; }

    /// <summary>The rate class of its report stream.</summary>
    public RateClass RateClass { get; }

    /// <summary>Number of the session; 0 until <see cref="Bind"/>.</summary>
    public ulong Number { get; private set; }

    /// <summary>Sequence of the next command.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>The sealed hello: one small envelope. Empty in a resumed session.</summary>
    public ReadOnlyMemory<byte> Hello { get; }

    /// <summary>Makes a session and its hello.</summary>
    /// <param name="account">The account's Ed25519 key.</param>
    /// <param name="suite">A suite that is supported here.</param>
    /// <param name="rateClass">A known rate class.</param>
    /// <param name="keyEpoch">The enclave's current key epoch, from evidence.</param>
    /// <param name="encryptionKey">The enclave's X25519 public key of that epoch, from evidence.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="session">The session, or null.</param>
    /// <returns>False if the enclave's key is not a usable point.</returns>
    public static bool TryStart(
        Key account,
        HpkeSuite suite,
        RateClass rateClass,
        uint keyEpoch,
        in Bytes32 encryptionKey,
        in Bytes32 venueId,
        [NotNullWhen(true)] out ClientSession? session)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        return TryStart(account, suite, rateClass, keyEpoch, encryptionKey, venueId, ephemeral, out session);
    }

    internal static bool TryStart(
        Key account,
        HpkeSuite suite,
        RateClass rateClass,
        uint keyEpoch,
        in Bytes32 encryptionKey,
        in Bytes32 venueId,
        Key ephemeral,
        [NotNullWhen(true)] out ClientSession? session)
    {
        ArgumentNullException.ThrowIfNull(account);
        session = null;
        if (!rateClass.IsKnown()) throw new ArgumentOutOfRangeException(nameof(rateClass));
        var hello = new byte[EnvelopeLimits.SmallSize];
        var clear = hello.AsSpan(0, EnvelopeHeader.Size + HpkeSender.EncapsulationSize);
        new EnvelopeHeader(EnvelopeKind.Hello, SizeClass.Small, suite, keyEpoch, Session: 0, Sequence: 0).Write(clear);
        Span<byte> info = stackalloc byte[Sessions.Hello.InfoSize];
        Sessions.Hello.WriteInfo(info, venueId);
        if (!HpkeSender.TrySetup(suite, encryptionKey.Span, info, ephemeral, clear[EnvelopeHeader.Size..], out var sender)) return false;
        using (sender)
        {
            Span<byte> plaintext = stackalloc byte[Sessions.Hello.PlaintextSize];
            Sessions.Hello.WritePlaintext(plaintext, account, rateClass, venueId, encryptionKey, clear);
            sender.Seal(clear[..EnvelopeHeader.Size], plaintext, hello.AsSpan(clear.Length));
            CryptographicOperations.ZeroMemory(plaintext);
            session = new ClientSession(SessionKeys.Derive(sender), keyEpoch, rateClass, number: 0, nextSequence: 1, hello);
            return true;
        }
    }

    /// <summary>Takes up a session whose keys were kept.</summary>
    /// <param name="keys">The keys; the session disposes them.</param>
    /// <param name="keyEpoch">Its key epoch.</param>
    /// <param name="rateClass">Its rate class.</param>
    /// <param name="number">Its number.</param>
    /// <param name="nextSequence">One above the last sequence that was ever sealed.</param>
    /// <returns>The session.</returns>
    public static ClientSession Resume(SessionKeys keys, uint keyEpoch, RateClass rateClass, ulong number, ulong nextSequence)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(number);
        ArgumentOutOfRangeException.ThrowIfZero(nextSequence);
        return new ClientSession(keys, keyEpoch, rateClass, number, nextSequence, ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>Tells the session its number, once the hello's receipt has named its place.</summary>
    /// <param name="number">From <see cref="SessionNumber.At"/>.</param>
    public void Bind(ulong number)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        if (Number != 0 && Number != number) throw new InvalidOperationException("The session has a number already.");
        Number = number;
    }

    /// <summary>Seals the next command.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">Its body.</param>
    /// <param name="ack">Every report up to this number has been received.</param>
    /// <param name="envelope">256 or 4,096 bytes, written.</param>
    /// <returns>The sequence of the command.</returns>
    /// <exception cref="InvalidOperationException">The session has no number yet.</exception>
    /// <exception cref="ArgumentException">The envelope is of no size class, or the body does not fit it.</exception>
    public ulong SealCommand(CommandType type, ReadOnlySpan<byte> body, ulong ack, Span<byte> envelope)
    {
        if (Number == 0) throw new InvalidOperationException("A session has commands only after its hello is in a block.");
        var sizeClass = envelope.Length switch
        {
            EnvelopeLimits.SmallSize => SizeClass.Small,
            EnvelopeLimits.LargeSize => SizeClass.Large,
            _ => throw new ArgumentException("An envelope has 256 or 4,096 bytes.", nameof(envelope)),
        };
        var sealedBody = envelope[EnvelopeHeader.Size..];
        var plaintext = sealedBody[..^EnvelopeLimits.TagSize];
        if (body.Length > plaintext.Length - CommandHeader.Size) throw new ArgumentException("The body does not fit.", nameof(body));

        var sequence = NextSequence;
        NextSequence = checked(sequence + 1);
        new EnvelopeHeader(EnvelopeKind.Command, sizeClass, _keys.Suite, KeyEpoch, Number, sequence).Write(envelope);
        body.CopyTo(plaintext[CommandHeader.Size..]);
        new CommandHeader(type, (ushort)body.Length, ack).Write(plaintext);
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        _keys.CommandNonces.Write(nonce, sequence);
        _keys.Aead.Encrypt(_keys.CommandSealing, nonce, envelope[..EnvelopeHeader.Size], plaintext, sealedBody);
        return sequence;
    }

    /// <summary>Asks for a report stream: a fresh token and what opens the stream that answers it.</summary>
    /// <param name="nextReport">Number of the next report wanted, from 1.</param>
    /// <returns>The request; the caller disposes it.</returns>
    public StreamRequest RequestStream(ulong nextReport) =>
        StreamRequest.Create(_keys, Number, RateClass, nextReport, RandomNumberGenerator.GetBytes(AttachToken.RandomSize));

    /// <summary>Writes the session's secrets (see <see cref="SessionKeys.Export"/>), for <see cref="Resume"/>.</summary>
    /// <param name="destination">Exactly <see cref="SessionKeys.ExportedSize"/> bytes; the caller zeros them when done.</param>
    public void ExportKeys(Span<byte> destination) => _keys.Export(destination);

    /// <summary>Zeros the secrets.</summary>
    public void Dispose() => _keys.Dispose();

    internal StreamRequest RequestStream(ulong nextReport, byte[] clientRandom) =>
        StreamRequest.Create(_keys, Number, RateClass, nextReport, clientRandom);
}
