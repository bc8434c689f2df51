using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// What the chain's registry may name as the last settled block: the blocks that closed a batch, with their heads, oldest first.
/// </summary>
internal sealed class BatchAnchors
{
    private readonly Queue<KeyValuePair<ulong, Bytes32>> _anchors = new();

    public int Count => _anchors.Count;

    public IEnumerable<KeyValuePair<ulong, Bytes32>> InOrder() => _anchors;

    public void Add(ulong block, in Bytes32 head)
    {
        if (_anchors.Count == ShardLimits.MaxAnchors) _anchors.Dequeue();
        _anchors.Enqueue(KeyValuePair.Create(block, head));
    }

    /// <summary>Whether the log that was executed has a batch which closed with that block and head.</summary>
    public bool Contains(ulong block, in Bytes32 head)
    {
        var anchor = KeyValuePair.Create(block, head);
        return _anchors.Contains(anchor);
    }
}
