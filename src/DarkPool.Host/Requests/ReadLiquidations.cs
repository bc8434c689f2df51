using DarkPool.EventStore.Facts;
using DarkPool.Host.Http;
using DarkPool.Host.Store;
using DarkPool.Protocol.Lending;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Published liquidations in the order of their numbers.</summary>
/// <param name="After">The last number already known; 0 for the beginning.</param>
/// <param name="Limit">Most sheets.</param>
internal sealed record ReadLiquidations(ulong After, int Limit) : IRequest<Answer<LiquidationsDocument>>;

/// <summary>Reads the sheets that the enclave signed from the store.</summary>
internal sealed class ReadLiquidationsHandler(StoreSlot store) : IRequestHandler<ReadLiquidations, Answer<LiquidationsDocument>>
{
    public async Task<Answer<LiquidationsDocument>> Handle(ReadLiquidations request, CancellationToken cancellationToken)
    {
        if (store.Current is not { } open) return Problems.Starting;
        var sheets = new List<LiquidationSheetDocument>();
        var next = request.After;
        await foreach (var published in open.Shard.ReadLiquidationsAsync(request.After, request.Limit, cancellationToken))
        {
            sheets.Add(Document(published));
            next = published.First + (ulong)published.Count - 1;
        }

        return new LiquidationsDocument(sheets, next);
    }

    private static LiquidationSheetDocument Document(LiquidationsPublished published) => new(
        published.Block,
        published.Time,
        published.First,
        LiquidationSheet.TryRead(published.Sheet, out var sheet) ? [.. sheet.Liquidations.Select(LiquidationDocument.Of)] : [],
        Convert.ToBase64String(published.Sheet));
}
