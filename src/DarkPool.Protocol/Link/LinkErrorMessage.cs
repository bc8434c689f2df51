using System.Buffers;
using System.Text;

namespace DarkPool.Protocol.Link;

/// <summary>The last frame of a connection that the enclave ends: <c>u16 code ‖ text</c>. The text holds no secret.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Text">The reason in words.</param>
public readonly record struct LinkErrorMessage(LinkErrorCode Code, string Text)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.UInt16((ushort)Code);
        writer.Bytes(Encoding.UTF8.GetBytes(Text));
    }

    internal static LinkErrorMessage Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return new LinkErrorMessage((LinkErrorCode)reader.UInt16(), Encoding.UTF8.GetString(reader.Rest()));
    }
}
