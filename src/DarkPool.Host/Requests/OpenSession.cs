using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>One hello. The handler takes over the body.</summary>
internal sealed record OpenSession(PooledBytes Body) : IRequest<Answer<OpenedSession>>;

/// <summary>A session that is open from the next block on.</summary>
/// <param name="Session">Its number: <c>block * 65,536 + index</c>.</param>
/// <param name="Block">Block of its hello.</param>
/// <param name="Index">Index of its hello.</param>
/// <param name="Receipt">The hello's receipt.</param>
internal sealed record OpenedSession(ulong Session, ulong Block, int Index, ReadOnlyMemory<byte> Receipt);

/// <summary>Brings the hello into the log and tells whether the enclave opened it.</summary>
internal sealed class OpenSessionHandler(SubmissionGate gate) : IRequestHandler<OpenSession, Answer<OpenedSession>>
{
    private const int PositionsPerBlock = 65_536;

    public async Task<Answer<OpenedSession>> Handle(OpenSession request, CancellationToken cancellationToken)
    {
        var check = EnvelopeBatch.Check(request.Body.Span, EnvelopeKind.Hello, limit: 1);
        if (!check.TryGet(out var count, out var problem))
        {
            request.Body.Dispose();
            return problem;
        }

        var submitted = await gate.SubmitAsync(EntryKind.Envelope, request.Body, count, cancellationToken);
        if (!submitted.TryGet(out var result, out problem)) return problem;
        var run = result.Runs[0];
        if (run.Execution.Opened.All(opening => opening.Index != run.First)) return Problems.HelloRefused(result.Receipts);
        return new OpenedSession(checked(run.Block * PositionsPerBlock + (ulong)run.First), run.Block, run.First, result.Receipts);
    }
}
