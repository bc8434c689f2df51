using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace DarkPool.Protocol.Link;

/// <summary>
/// One side of the link: whole frames over a socket. One reader at a time; writers are put in order.
/// Both the host's <see cref="EnclaveLink"/> and the enclave's server stand on it.
/// </summary>
public sealed class LinkConnection : IAsyncDisposable
{
    /// <summary>A block of a few hundred envelopes arrives in one read.</summary>
    private const int ReadBuffer = 256 * 1024;

    private readonly Socket _socket;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Takes over a connected socket.</summary>
    public LinkConnection(Socket socket)
    {
        _socket = socket;
        var stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBuffer, leaveOpen: true));
        _writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: ReadBuffer, leaveOpen: true));
    }

    /// <summary>The next frame; null when the peer closed the connection between two frames.</summary>
    /// <exception cref="LinkException">The connection broke, or a frame is too long or cut short.</exception>
    public async ValueTask<LinkFrame?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ReadResult result = await ReadPipeAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (TryTake(ref buffer, out LinkFrame? frame))
            {
                _reader.AdvanceTo(buffer.Start);
                return frame;
            }

            bool midFrame = !buffer.IsEmpty;
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted) continue;
            if (midFrame) throw new LinkException(LinkErrorCode.Disconnected, "The link closed in the middle of a frame.");
            return null;
        }
    }

    /// <summary>Writes one frame and flushes it.</summary>
    /// <param name="type">What the payload is.</param>
    /// <param name="correlation">The request it is, or answers.</param>
    /// <param name="payload">The payload; may be reused when the call returns.</param>
    /// <param name="cancellationToken">Cancels the wait for the socket, not a write that has begun.</param>
    /// <exception cref="LinkException">The connection is gone.</exception>
    public ValueTask WriteAsync(
        LinkMessageType type, uint correlation, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        WriteAsync(type, correlation, ReadOnlyMemory<byte>.Empty, payload, cancellationToken);

    /// <summary>Writes one frame whose payload comes in two pieces, and flushes it.</summary>
    /// <inheritdoc cref="WriteAsync(LinkMessageType, uint, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask WriteAsync(
        LinkMessageType type,
        uint correlation,
        ReadOnlyMemory<byte> first,
        ReadOnlyMemory<byte> second,
        CancellationToken cancellationToken = default)
    {
        int length = checked(LinkFrame.LengthOfTypeAndCorrelation + first.Length + second.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LinkLimits.MaxFrame);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Span<byte> header = _writer.GetSpan(LinkFrame.HeaderLength);
            BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)length);
            header[4] = (byte)type;
            BinaryPrimitives.WriteUInt32LittleEndian(header[5..], correlation);
            _writer.Advance(LinkFrame.HeaderLength);
            _writer.Write(first.Span);
            _writer.Write(second.Span);
            await _writer.FlushAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new LinkException(LinkErrorCode.Disconnected, "The link is gone.", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Closes the socket; a waiting read ends.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // the peer was faster
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        _socket.Dispose();
        await ValueTask.CompletedTask;
    }

    private async ValueTask<ReadResult> ReadPipeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            throw new LinkException(LinkErrorCode.Disconnected, "The link broke.", e);
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out LinkFrame? frame)
    {
        frame = null;
        if (buffer.Length < LinkFrame.HeaderLength) return false;
        Span<byte> header = stackalloc byte[LinkFrame.HeaderLength];
        buffer.Slice(0, LinkFrame.HeaderLength).CopyTo(header);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length is < LinkFrame.LengthOfTypeAndCorrelation or > LinkLimits.MaxFrame)
            throw new LinkException(LinkErrorCode.MalformedMessage, "A link frame has an impossible length.");
        int payload = (int)length - LinkFrame.LengthOfTypeAndCorrelation;
        if (buffer.Length - LinkFrame.HeaderLength < payload) return false;

        byte[] pooled = ArrayPool<byte>.Shared.Rent(payload);
        buffer.Slice(LinkFrame.HeaderLength, payload).CopyTo(pooled);
        frame = new LinkFrame((LinkMessageType)header[4], BinaryPrimitives.ReadUInt32LittleEndian(header[5..]), pooled, payload);
        buffer = buffer.Slice(LinkFrame.HeaderLength + payload);
        return true;
    }
}
