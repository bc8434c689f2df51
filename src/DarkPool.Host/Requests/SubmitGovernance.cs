using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>The data of one governance entry. The handler takes over the body.</summary>
internal sealed record SubmitGovernance(PooledBytes Body) : IRequest<Answer<SubmissionResult>>;

/// <summary>
/// Lets into the log what governance signed. The enclave checks everything again; checking here keeps strangers from filling the log.
/// </summary>
internal sealed class SubmitGovernanceHandler(SubmissionGate gate, VenueIdentity venue, VenueFacts facts)
    : IRequestHandler<SubmitGovernance, Answer<SubmissionResult>>
{
    public async Task<Answer<SubmissionResult>> Handle(SubmitGovernance request, CancellationToken cancellationToken)
    {
        if (Check(request.Body.Span) is { } problem)
        {
            request.Body.Dispose();
            return problem;
        }

        var submitted = await gate.SubmitAsync(EntryKind.Governance, request.Body, 1, cancellationToken);
        return submitted.TryGet(out var result, out var refusal) ? EntryOutcome.Of(result, facts) : refusal;
    }

    private Problem? Check(ReadOnlySpan<byte> body)
    {
        if (!GovernanceCommand.TryRead(body, out _)) return Problems.MalformedEntry;
        if (!GovernanceCommand.TryVerify(body, venue.Genesis, out var command)) return Problems.BadSignature;
        var next = facts.NextGovernanceSequence;
        return command.Sequence < next ? Problems.OutOfSequence(next) : null;
    }
}
