using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Protocol.Link;

/// <summary>
/// A bounded queue from one thread to another, both of which block. Those of the framework spin before they sleep, which takes the
/// processor from the very thread that is waited for when there are more busy threads than processors.
/// </summary>
/// <param name="capacity">The most items that wait.</param>
public sealed class HandoverQueue<T>(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<T> _items = new();
    private bool _completed;

    /// <summary>Adds an item, as soon as there is room.</summary>
    /// <returns>False if the queue is completed.</returns>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            while (_items.Count >= capacity && !_completed) Monitor.Wait(_gate);
            if (_completed) return false;
            _items.Enqueue(item);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Takes the oldest item, as soon as there is one.</summary>
    /// <returns>False if the queue is completed and empty.</returns>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_completed) Monitor.Wait(_gate);
            if (!_items.TryDequeue(out item)) return false;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Nothing can be added any more; what waits can still be taken.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
