using DarkPool.Host.Http;
using DarkPool.Host.Venue;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>What is public of the venue's loans.</summary>
internal sealed record ReadReserves : IRequest<ReservesDocument>;

/// <summary>Shows the latest sheet that the enclave signed.</summary>
internal sealed class ReadReservesHandler(VenueFacts facts) : IRequestHandler<ReadReserves, ReservesDocument>
{
    public Task<ReservesDocument> Handle(ReadReserves request, CancellationToken cancellationToken) =>
        Task.FromResult(ReservesDocument.Of(facts.View.Reserves));
}
