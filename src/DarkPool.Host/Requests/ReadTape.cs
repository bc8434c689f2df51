using DarkPool.EventStore.Projections;
using DarkPool.Host.Http;
using DarkPool.Host.Store;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Settlement batches in the order of their sequences.</summary>
/// <param name="After">The last sequence already known; 0 for the beginning.</param>
/// <param name="Limit">Most batches, 1 to 1,000.</param>
internal sealed record ReadTape(ulong After, int Limit) : IRequest<Answer<TapeDocument>>;

/// <summary>Reads the store's tape.</summary>
internal sealed class ReadTapeHandler(StoreSlot store) : IRequestHandler<ReadTape, Answer<TapeDocument>>
{
    public async Task<Answer<TapeDocument>> Handle(ReadTape request, CancellationToken cancellationToken)
    {
        if (store.Current is not { } open) return Problems.Starting;
        var batches = await open.Venue.Tape.ReadAsync(request.After, request.Limit, cancellationToken);
        return new TapeDocument([.. batches.Select(Document)], batches.Count == 0 ? request.After : (ulong)batches[^1].Id);
    }

    private static BatchDocument Document(TapeBatch batch) => new(
        (ulong)batch.Id,
        batch.FirstBlock,
        batch.LastBlock,
        batch.Time,
        Convert.ToHexStringLower(batch.PreviousRoot),
        Convert.ToHexStringLower(batch.StateRoot),
        Convert.ToHexStringLower(batch.EntitlementRoot),
        Convert.ToHexStringLower(batch.LogHead),
        batch.Transaction is { } transaction ? "0x" + Convert.ToHexStringLower(transaction) : null,
        [.. batch.Markets.Select(market => new SettledMarketDocument(
            market.Market, market.Trades, market.Price, market.Quantity.ToString(), market.Notional.ToString()))]);
}
