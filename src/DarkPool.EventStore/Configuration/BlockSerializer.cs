using DarkPool.EventStore.Facts;
using JasperFx.Events;

namespace DarkPool.EventStore.Configuration;

/// <summary>A block is its own binary form: what is stored is what was hashed, byte for byte.</summary>
internal sealed class BlockSerializer : IEventBinarySerializer
{
    public byte[] Serialize(Type type, object data) => ((BlockAppended)data).Block;

    public object Deserialize(Type type, byte[] data) => new BlockAppended(data);
}
