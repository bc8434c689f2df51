using System.Buffers;

namespace DarkPool.Protocol.Link;

/// <summary>Whether the enclave accepts new blocks.</summary>
public enum LiveState : byte
{
    /// <summary>It does.</summary>
    Live = 1,

    /// <summary>Its chain does not answer: ask again later. Nothing is lost.</summary>
    ChainUnavailable = 2,

    /// <summary>The enclave was started for replay only and never goes live.</summary>
    ReplayOnly = 3,
}

/// <summary>Answer to GoLive. A fork, a truncated log or a wrong chain is not an answer: it ends the connection.</summary>
/// <param name="State">Whether new blocks are accepted.</param>
/// <param name="AnchoredBlock">The last block that the chain's registry names; 0 if none.</param>
/// <param name="AnchoredHead">Its head; zeros if none. 32 bytes.</param>
public sealed record LiveAnswer(LiveState State, ulong AnchoredBlock, byte[] AnchoredHead)
{
    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Byte((byte)State);
        writer.UInt64(AnchoredBlock);
        writer.Bytes(AnchoredHead);
    }

    internal static LiveAnswer Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var answer = new LiveAnswer((LiveState)reader.Byte(), reader.UInt64(), reader.Bytes(32).ToArray());
        reader.End();
        return answer;
    }
}
