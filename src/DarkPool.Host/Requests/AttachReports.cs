using DarkPool.Host.Enclaves;
using DarkPool.Host.Http;
using DarkPool.Host.Reports;
using DarkPool.Host.Sequencing;
using DarkPool.Protocol.Link;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Opens the report stream of a session.</summary>
/// <param name="Session">Number of the session.</param>
/// <param name="Token">The client's attach token, 56 bytes.</param>
internal sealed record AttachReports(ulong Session, ReadOnlyMemory<byte> Token) : IRequest<Answer<AttachedReports>>;

/// <summary>An open stream and the enclave that feeds it.</summary>
internal sealed record AttachedReports(EnclaveLink Enclave, ReportStream Stream);

/// <summary>Asks the enclave, which alone can tell a right token from a wrong one.</summary>
internal sealed class AttachReportsHandler(EnclaveSlot slot, StreamDirectory streams, Availability availability)
    : IRequestHandler<AttachReports, Answer<AttachedReports>>
{
    public async Task<Answer<AttachedReports>> Handle(AttachReports request, CancellationToken cancellationToken)
    {
        if (availability.Current.HasFlag(Hindrance.Draining)) return Problems.Draining;
        if (slot.Current is not { } enclave) return Problems.EnclaveUnavailable;
        try
        {
            var answer = await streams.AttachAsync(enclave, request.Session, request.Token, cancellationToken);
            return answer.TryGet(out var stream, out var problem) ? new AttachedReports(enclave, stream) : problem;
        }
        catch (LinkException)
        {
            return Problems.EnclaveUnavailable;
        }
    }
}
