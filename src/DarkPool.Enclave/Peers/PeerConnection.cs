using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using DarkPool.Attestation;

namespace DarkPool.Enclave.Peers;

/// <summary>
/// Frames between two enclaves: <c>u32 length ‖ u8 type ‖ payload</c>, the length of what follows it. The host and the network in
/// between see them and may change them; the handshake inside notices.
/// </summary>
internal sealed class PeerConnection(Socket socket) : IDisposable
{
    /// <summary>Evidence, and the handshake around it.</summary>
    public const int MaxFrame = Evidence.MaxLength + 4096;

    /// <summary>Longest reason that is taken from the other side, in characters.</summary>
    private const int MaxReason = 512;

    private const int LengthSize = 4;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    /// <exception cref="PeerException">The connection broke.</exception>
    public async Task SendAsync(PeerMessageType type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var frame = new byte[LengthSize + 1 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, 1 + payload.Length);
        frame[LengthSize] = (byte)type;
        payload.CopyTo(frame.AsMemory(LengthSize + 1));
        try
        {
            await _stream.WriteAsync(frame, cancellationToken);
        }
        catch (IOException e)
        {
            throw PeerException.Failure("the connection to the peer broke", e);
        }
    }

    /// <summary>The payload of the next frame.</summary>
    /// <exception cref="PeerException">The other side refuses, the frame is not the one due, or the connection broke.</exception>
    public async Task<byte[]> ReceiveAsync(PeerMessageType type, CancellationToken cancellationToken)
    {
        try
        {
            var head = new byte[LengthSize + 1];
            await _stream.ReadExactlyAsync(head, cancellationToken);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
            if (length is < 1 or > MaxFrame) throw PeerException.Failure("the peer sent a frame of an impossible length");
            var payload = new byte[length - 1];
            await _stream.ReadExactlyAsync(payload, cancellationToken);
            var received = (PeerMessageType)head[LengthSize];
            if (received == PeerMessageType.Refused) throw PeerException.Refusal($"the peer refused: {Printable(payload)}");
            return received == type
                ? payload
                : throw PeerException.Failure($"the peer sent message {head[LengthSize]} where {type} is due");
        }
        catch (IOException e)
        {
            throw PeerException.Failure("the connection to the peer ended in the middle", e);
        }
    }

    /// <summary>Tells the other side why, if it still listens, and gives the exception for this one.</summary>
    public async Task<PeerException> RefuseAsync(string reason, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(PeerMessageType.Refused, Encoding.UTF8.GetBytes(reason), cancellationToken);
        }
        catch (PeerException)
        {
            // it went before it was told
        }

        return PeerException.Refusal(reason);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Anybody can send a reason: what goes into the log is one short line.</summary>
    private static string Printable(byte[] reason) => new(
        [.. Encoding.UTF8.GetString(reason).Take(MaxReason).Select(character => char.IsControl(character) ? ' ' : character)]);
}
