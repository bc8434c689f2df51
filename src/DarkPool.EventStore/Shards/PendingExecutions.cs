using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Link;
using Marten;

namespace DarkPool.EventStore.Shards;

/// <summary>Public results of executed blocks that wait to be written, in the order of their blocks and each once.</summary>
internal sealed class PendingExecutions(ISerializer serializer, ulong lastExecuted)
{
    private readonly Lock _lock = new();
    private List<AppendFact> _facts = [];

    /// <summary>Number of the last block whose result is written or waits.</summary>
    public ulong LastExecuted { get; private set; } = lastExecuted;

    /// <summary>Adds a result; one that was added before is ignored.</summary>
    /// <returns>How many facts wait.</returns>
    /// <exception cref="ArgumentException">The result of the block before is missing, or the batch or a sheet is not readable.</exception>
    public int Add(BlockExecution execution)
    {
        var (executed, closed) = ExecutionFacts.Of(execution);
        object[] sheets = [.. PublishedSheets.Of(execution)];
        lock (_lock)
        {
            if (executed.Number <= LastExecuted) return _facts.Count;
            if (executed.Number != LastExecuted + 1)
                throw new ArgumentException($"The result of block {LastExecuted + 1} is to be recorded first.", nameof(execution));
            _facts.Add(AppendFact.Of(executed, serializer));
            if (closed is not null) _facts.Add(AppendFact.Of(closed, serializer));
            _facts.AddRange(sheets.Select(sheet => AppendFact.Of(sheet, serializer)));
            LastExecuted = executed.Number;
            return _facts.Count;
        }
    }

    /// <summary>Takes all that waits.</summary>
    public List<AppendFact> Take()
    {
        lock (_lock)
        {
            var taken = _facts;
            _facts = [];
            return taken;
        }
    }
}
