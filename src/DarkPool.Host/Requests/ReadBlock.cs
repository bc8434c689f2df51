using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Http;
using DarkPool.Host.Store;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>One block of the log, and its recorded result if that is asked for.</summary>
internal sealed record ReadBlock(ulong Number, bool WithExecution) : IRequest<Answer<ReadBlockResult>>;

/// <summary>A block as it is stored.</summary>
internal sealed record ReadBlockResult(StoredBlock Block, BlockExecuted? Execution);

/// <summary>Reads the store; the block's form and root are checked on the way.</summary>
internal sealed class ReadBlockHandler(StoreSlot store) : IRequestHandler<ReadBlock, Answer<ReadBlockResult>>
{
    public async Task<Answer<ReadBlockResult>> Handle(ReadBlock request, CancellationToken cancellationToken)
    {
        if (store.Current is not { } open) return Problems.Starting;
        if (await open.Shard.ReadBlockAsync(request.Number, cancellationToken) is not { } block) return Problems.UnknownBlock;
        var execution = request.WithExecution ? await open.Shard.ReadExecutionAsync(request.Number, cancellationToken) : null;
        return new ReadBlockResult(block, execution);
    }
}
