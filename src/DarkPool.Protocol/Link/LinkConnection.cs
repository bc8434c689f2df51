using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace DarkPool.Protocol.Link;

/// <summary>
/// One side of the link: whole frames over a socket. One thread reads; writers are put in order. Both block: a side has a thread of its
/// own for each direction, so that a block of a megabyte costs no detour over the thread pool for each piece in which it arrives.
/// Both the host's <see cref="EnclaveLink"/> and the enclave's server stand on it.
/// </summary>
public sealed class LinkConnection : IDisposable
{
    /// <summary>Small frames arrive and leave many at a time; the payload of a large one is never copied through here.</summary>
    private const int BufferSize = 64 * 1024;

    private readonly Socket _socket;
    private readonly Lock _writing = new();
    private readonly byte[] _outgoing = new byte[BufferSize];
    private readonly byte[] _incoming = new byte[BufferSize];
    private int _start;
    private int _end;

    /// <summary>Takes over a connected socket.</summary>
    public LinkConnection(Socket socket) => _socket = socket;

    /// <summary>Waits for the next frame.</summary>
    /// <returns>Null when the peer closed the connection between two frames, or after <see cref="StopReading"/>.</returns>
    /// <exception cref="LinkException">The connection broke, or a frame is too long or cut short.</exception>
    public LinkFrame? Read()
    {
        if (!ReceiveHeader()) return null;
        ReadOnlySpan<byte> header = _incoming.AsSpan(_start, LinkFrame.HeaderLength);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length is < LinkFrame.LengthOfTypeAndCorrelation or > LinkLimits.MaxFrame)
            throw new LinkException(LinkErrorCode.MalformedMessage, "A link frame has an impossible length.");
        var type = (LinkMessageType)header[4];
        uint correlation = BinaryPrimitives.ReadUInt32LittleEndian(header[5..]);
        _start += LinkFrame.HeaderLength;

        int payload = (int)length - LinkFrame.LengthOfTypeAndCorrelation;
        byte[] pooled = ArrayPool<byte>.Shared.Rent(payload);
        try
        {
            ReceivePayload(pooled.AsSpan(0, payload));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(pooled);
            throw;
        }

        return new LinkFrame(type, correlation, pooled, payload);
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="type">What the payload is.</param>
    /// <param name="correlation">The request it is, or answers.</param>
    /// <param name="payload">The payload; may be reused when the call returns.</param>
    /// <exception cref="LinkException">The connection is gone.</exception>
    public void Write(LinkMessageType type, uint correlation, ReadOnlySpan<byte> payload) => Write(type, correlation, [], payload);

    /// <summary>Writes one frame whose payload comes in two pieces.</summary>
    /// <inheritdoc cref="Write(LinkMessageType, uint, ReadOnlySpan{byte})"/>
    public void Write(LinkMessageType type, uint correlation, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int length = checked(LinkFrame.LengthOfTypeAndCorrelation + first.Length + second.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LinkLimits.MaxFrame);
        try
        {
            lock (_writing)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(_outgoing, (uint)length);
                _outgoing[4] = (byte)type;
                BinaryPrimitives.WriteUInt32LittleEndian(_outgoing.AsSpan(5), correlation);
                Gather(Gather(LinkFrame.HeaderLength, first), second, last: true);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new LinkException(LinkErrorCode.Disconnected, "The link is gone.", e);
        }
    }

    /// <summary>Ends a waiting read and every later one; writing goes on.</summary>
    public void StopReading() => ShutDown(SocketShutdown.Receive);

    /// <summary>Closes the socket; a waiting read or write ends.</summary>
    public void Dispose()
    {
        ShutDown(SocketShutdown.Both);
        _socket.Dispose();
    }

    /// <summary>Adds a piece to what is to be sent; a piece that does not fit goes out from where it lies.</summary>
    /// <returns>Bytes that wait in the buffer.</returns>
    private int Gather(int waiting, ReadOnlySpan<byte> piece, bool last = false)
    {
        if (waiting + piece.Length <= BufferSize)
        {
            piece.CopyTo(_outgoing.AsSpan(waiting));
            waiting += piece.Length;
            piece = [];
        }

        if (!last && piece.IsEmpty) return waiting;
        Send(_outgoing.AsSpan(0, waiting));
        Send(piece);
        return 0;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[_socket.Send(bytes)..];
    }

    /// <returns>False if the peer closed before the first byte.</returns>
    private bool ReceiveHeader()
    {
        while (_end - _start < LinkFrame.HeaderLength)
        {
            _incoming.AsSpan(_start, _end - _start).CopyTo(_incoming);
            (_start, _end) = (0, _end - _start);
            int received = Receive(_incoming.AsSpan(_end));
            if (received == 0) return _end == 0 ? false : throw CutShort();
            _end += received;
        }

        return true;
    }

    private void ReceivePayload(Span<byte> payload)
    {
        int buffered = Math.Min(payload.Length, _end - _start);
        _incoming.AsSpan(_start, buffered).CopyTo(payload);
        _start += buffered;
        payload = payload[buffered..];
        while (!payload.IsEmpty)
        {
            int received = Receive(payload);
            if (received == 0) throw CutShort();
            payload = payload[received..];
        }
    }

    private int Receive(Span<byte> buffer)
    {
        try
        {
            return _socket.Receive(buffer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new LinkException(LinkErrorCode.Disconnected, "The link broke.", e);
        }
    }

    private static LinkException CutShort() => new(LinkErrorCode.Disconnected, "The link closed in the middle of a frame.");

    private void ShutDown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the peer was faster, or it is closed already
        }
    }
}
