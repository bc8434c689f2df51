using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Sessions;

/// <summary>The client's side of a report stream: opens its frames in order. Not for use by two threads at once.</summary>
public sealed class FrameOpener : IDisposable
{
    private readonly StreamKeys _keys;
    private readonly ulong _session;
    private readonly RateClass _rateClass;
    private readonly byte[] _plaintext;
    private uint _stream;

    internal FrameOpener(StreamKeys keys, ulong session, RateClass rateClass)
    {
        _keys = keys;
        _session = session;
        _rateClass = rateClass;
        _plaintext = new byte[rateClass.FrameBytes() - FrameHeader.Size - HpkeAead.TagSize];
    }

    /// <summary>Number of the next frame.</summary>
    public ulong NextFrame { get; private set; }

    /// <summary>Opens the next frame.</summary>
    /// <param name="frame">One whole frame.</param>
    /// <param name="reports">
    /// Its reports, one behind the other and all whole; <see cref="ReportFrame.TryTake"/> splits them. Valid until the next call.
    /// </param>
    /// <returns>What is wrong with it; only a frame with nothing wrong counts.</returns>
    public FrameFault Open(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> reports)
    {
        reports = default;
        if (!FrameHeader.TryRead(frame, out var header)) return FrameFault.Malformed;
        if (header.RateClass != _rateClass || header.Session != _session) return FrameFault.WrongStream;
        if (NextFrame != 0 && header.Stream != _stream) return FrameFault.WrongStream;
        if (header.Number != NextFrame) return FrameFault.OutOfOrder;

        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        _keys.Nonces.Write(nonce, header.Number);
        if (!_keys.Aead.Decrypt(_keys.Key, nonce, frame[..FrameHeader.Size], frame[FrameHeader.Size..], _plaintext))
            return FrameFault.BadSeal;
        if (!ReportFrame.TryRead(_plaintext, out reports)) return FrameFault.Malformed;
        _stream = header.Stream;
        NextFrame++;
        return FrameFault.None;
    }

    /// <summary>Zeros keys and plaintext.</summary>
    public void Dispose()
    {
        _keys.Dispose();
        CryptographicOperations.ZeroMemory(_plaintext);
    }
}
