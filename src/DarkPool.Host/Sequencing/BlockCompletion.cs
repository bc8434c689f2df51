using DarkPool.Host.Store;
using DarkPool.Host.Telemetry;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Receipts;

namespace DarkPool.Host.Sequencing;

/// <summary>A block is durable and executed: its facts become visible, its requests get their receipts, its result is recorded.</summary>
internal sealed class BlockCompletion(VenueFacts facts, HostMetrics metrics, TimeProvider time)
{
    /// <summary>Answers every request that has entries in the block.</summary>
    /// <param name="block">The block; not used after this.</param>
    /// <param name="execution">What the enclave made of it.</param>
    /// <param name="recorder">Where the result is recorded.</param>
    /// <param name="cancellationToken">Ends the wait for room in the recorder.</param>
    internal async Task CompleteAsync(
        BlockInFlight block, BlockExecution execution, ExecutionRecorder recorder, CancellationToken cancellationToken)
    {
        var blockFacts = BlockFacts.Of(block.Bytes.Span, execution);
        facts.Executed(execution, blockFacts);
        Answer(block, execution);
        metrics.BlockCommitted(execution.Dropped, time.GetElapsedTime(block.DurableAt));
        await recorder.RecordAsync(execution, blockFacts, cancellationToken);
    }

    private static void Answer(BlockInFlight block, BlockExecution execution)
    {
        var root = new Bytes32(execution.StateRoot);
        foreach (var (submission, first, count) in block.Runs)
        {
            var receipt = Receipt.Build(block.Header, block.Tree, first, count, root, execution.Signature);
            submission.Answer(new SubmissionRun(execution.Number, first, count, execution), receipt);
        }
    }
}
