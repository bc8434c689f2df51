using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Sessions;

/// <summary>
/// The enclave's side of a report stream: seals one frame after the other, all of one size, whether or not there is news.
/// Allocates nothing per frame. Not for use by two threads at once.
/// </summary>
public sealed class ReportStreamSealer : IDisposable
{
    private readonly StreamKeys _keys;

    /// <summary>Starts a stream.</summary>
    /// <param name="keys">Keys of the session.</param>
    /// <param name="session">Number of the session.</param>
    /// <param name="rateClass">Its rate class.</param>
    /// <param name="stream">Number of the stream.</param>
    /// <param name="clientRandom">The random of the attach token.</param>
    /// <param name="enclaveRandom">A random that was never used before.</param>
    public ReportStreamSealer(
        SessionKeys keys, ulong session, RateClass rateClass, uint stream, in Bytes32 clientRandom, in Bytes32 enclaveRandom)
    {
        ArgumentNullException.ThrowIfNull(keys);
        FrameSize = rateClass.FrameBytes();
        RateClass = rateClass;
        Session = session;
        Stream = stream;
        _keys = new StreamKeys(keys, clientRandom.Span, enclaveRandom.Span);
    }

    /// <summary>Number of the session.</summary>
    public ulong Session { get; }

    /// <summary>Rate class of the stream.</summary>
    public RateClass RateClass { get; }

    /// <summary>Number of the stream.</summary>
    public uint Stream { get; }

    /// <summary>The size of every frame in bytes.</summary>
    public int FrameSize { get; }

    /// <summary>Number of the next frame.</summary>
    public ulong NextFrame { get; private set; }

    /// <summary>The part of a frame's buffer where its plaintext is put before it is sealed.</summary>
    /// <param name="frame">Exactly <see cref="FrameSize"/> bytes.</param>
    /// <returns>Where a <see cref="ReportFrame"/> writes.</returns>
    public static Span<byte> PlaintextOf(Span<byte> frame) => frame[FrameHeader.Size..^EnvelopeLimits.TagSize];

    /// <summary>Writes the header of the next frame and seals its plaintext in place.</summary>
    /// <param name="frame">
    /// Exactly <see cref="FrameSize"/> bytes, with a completed <see cref="ReportFrame"/> in <see cref="PlaintextOf"/>.
    /// </param>
    public void Seal(Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, FrameSize);
        var number = NextFrame;
        NextFrame = checked(number + 1);
        new FrameHeader(RateClass, Stream, Session, number).Write(frame);
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        _keys.Nonces.Write(nonce, number);
        _keys.Aead.Encrypt(_keys.Key, nonce, frame[..FrameHeader.Size], PlaintextOf(frame), frame[FrameHeader.Size..]);
    }

    /// <summary>Zeros the keys.</summary>
    public void Dispose() => _keys.Dispose();
}
