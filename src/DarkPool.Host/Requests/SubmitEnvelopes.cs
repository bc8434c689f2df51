using DarkPool.Host.Hosting;
using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Command envelopes of one request, in order. The handler takes over the body.</summary>
internal sealed record SubmitEnvelopes(PooledBytes Body) : IRequest<Answer<SubmissionResult>>;

/// <summary>Checks the envelopes' headers and waits for their receipts.</summary>
internal sealed class SubmitEnvelopesHandler(SubmissionGate gate, HostSettings settings)
    : IRequestHandler<SubmitEnvelopes, Answer<SubmissionResult>>
{
    public async Task<Answer<SubmissionResult>> Handle(SubmitEnvelopes request, CancellationToken cancellationToken)
    {
        var check = EnvelopeBatch.Check(request.Body.Span, EnvelopeKind.Command, settings.Clients.EnvelopesPerRequest);
        if (check.TryGet(out var count, out var problem))
            return await gate.SubmitAsync(EntryKind.Envelope, request.Body, count, cancellationToken);
        request.Body.Dispose();
        return problem;
    }
}
