using System.Buffers;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>Writes answers from the executor's thread, which waits when the host does not read.</summary>
internal sealed class AnswerWriter(LinkConnection connection)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Answers with what an encoder writes.</summary>
    public void Write(LinkMessageType type, uint correlation, Action<IBufferWriter<byte>> encode)
    {
        _buffer.ResetWrittenCount();
        encode(_buffer);
        Write(type, correlation, _buffer.WrittenMemory);
    }

    public void Write(LinkMessageType type, uint correlation, ReadOnlyMemory<byte> payload)
    {
        var writing = connection.WriteAsync(type, correlation, payload);
        if (!writing.IsCompletedSuccessfully) writing.AsTask().GetAwaiter().GetResult();
    }
}
