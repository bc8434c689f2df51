using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Registers MediatR and every handler by name: nothing is found by scanning, so what serves a request can be read here.</summary>
internal static class MediatorRegistration
{
    internal static void AddRequests(this IServiceCollection services)
    {
        services.AddSingleton<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddSingleton<IMediator, Mediator>();
        services.AddSingleton<SubmissionGate>();
        services.AddSingleton<IRequestHandler<SubmitEnvelopes, Answer<SubmissionResult>>, SubmitEnvelopesHandler>();
        services.AddSingleton<IRequestHandler<OpenSession, Answer<OpenedSession>>, OpenSessionHandler>();
        services.AddSingleton<IRequestHandler<SubmitGovernance, Answer<SubmissionResult>>, SubmitGovernanceHandler>();
        services.AddSingleton<IRequestHandler<SubmitPrice, Answer<SubmissionResult>>, SubmitPriceHandler>();
        services.AddSingleton<IRequestHandler<AttachReports, Answer<AttachedReports>>, AttachReportsHandler>();
        services.AddSingleton<IRequestHandler<GetAttestation, Answer<Attestation>>, GetAttestationHandler>();
        services.AddSingleton<IRequestHandler<DescribeVenue, VenueDocument>, DescribeVenueHandler>();
        services.AddSingleton<IRequestHandler<ReadReserves, ReservesDocument>, ReadReservesHandler>();
        services.AddSingleton<IRequestHandler<ReadLiquidations, Answer<LiquidationsDocument>>, ReadLiquidationsHandler>();
        services.AddSingleton<IRequestHandler<ReadTape, Answer<TapeDocument>>, ReadTapeHandler>();
        services.AddSingleton<IRequestHandler<ReadBlock, Answer<ReadBlockResult>>, ReadBlockHandler>();
    }
}
