using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Log;

/// <summary>
/// Remembers the signed blocks that this client has seen and refuses one that contradicts them: another block of the same number, a
/// neighbour that does not link, a time that goes back, or a new block at or before one that was already there when its request began.
/// </summary>
internal sealed class LogWatch(Bytes32 genesisHead)
{
    /// <summary>
    /// Blocks remembered. A contradiction with an older one still shows as a rollback; 4,096 are some seconds to minutes of a busy venue.
    /// </summary>
    private const int MaxRemembered = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Seen> _seen = new() { [0] = new Seen(genesisHead, default, long.MinValue) };
    private readonly Queue<ulong> _order = new();
    private LogPosition _highest = new(0, genesisHead);

    /// <summary>The highest block seen; number 0 before the first.</summary>
    public LogPosition Highest
    {
        get
        {
            lock (_lock)
                return _highest;
        }
    }

    /// <summary>Takes a block whose statement the enclave has signed.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="floor">A block that existed before the block was made, because the request for it began later.</param>
    /// <returns>Null, or in words how it contradicts what was seen.</returns>
    public string? Contradiction(in BlockHeader header, ulong floor)
    {
        Bytes32 head = header.ComputeHead();
        lock (_lock)
        {
            if (header.Number <= floor)
                return $"block {header.Number} holds what was sent after block {floor} was signed";
            if (_seen.TryGetValue(header.Number, out Seen? same))
                return same.Head == head ? null : $"two blocks have the number {header.Number}";
            if (_seen.TryGetValue(header.Number - 1, out Seen? before) && (before.Head != header.PreviousHead || before.Time > header.Time))
                return $"block {header.Number} does not follow block {header.Number - 1}";
            if (_seen.TryGetValue(header.Number + 1, out Seen? after) && (after.PreviousHead != head || after.Time < header.Time))
                return $"block {header.Number + 1} does not follow block {header.Number}";
            Remember(header, head);
            return null;
        }
    }

    private void Remember(in BlockHeader header, in Bytes32 head)
    {
        _seen.Add(header.Number, new Seen(head, header.PreviousHead, header.Time));
        _order.Enqueue(header.Number);
        if (header.Number > _highest.Block)
            _highest = new LogPosition(header.Number, head);
        if (_order.Count > MaxRemembered)
            _seen.Remove(_order.Dequeue());
    }

    private sealed record Seen(Bytes32 Head, Bytes32 PreviousHead, long Time);
}
