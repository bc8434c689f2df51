using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>The data of one signed price or quote. The handler takes over the body.</summary>
internal sealed record SubmitPrice(PooledBytes Body) : IRequest<Answer<SubmissionResult>>;

/// <summary>Lets into the log what a feed's own source signed; the enclave checks it again, and its round.</summary>
internal sealed class SubmitPriceHandler(SubmissionGate gate, VenueIdentity venue, VenueFacts facts)
    : IRequestHandler<SubmitPrice, Answer<SubmissionResult>>
{
    public async Task<Answer<SubmissionResult>> Handle(SubmitPrice request, CancellationToken cancellationToken)
    {
        if (Check(request.Body.Span) is { } problem)
        {
            request.Body.Dispose();
            return problem;
        }

        var submitted = await gate.SubmitAsync(EntryKind.Price, request.Body, 1, cancellationToken);
        return submitted.TryGet(out var result, out var refusal) ? EntryOutcome.Of(result, facts) : refusal;
    }

    private Problem? Check(ReadOnlySpan<byte> body)
    {
        if (SignedQuote.TryRead(body, out _))
        {
            var isQuote = SignedQuote.TryVerify(body, venue.Genesis.VenueId, out var quote);
            return isQuote && facts.IsSource(quote.Feed, quote.Source) ? null : Problems.BadSignature;
        }

        if (!SignedPrice.TryRead(body, out _)) return Problems.MalformedEntry;
        var signed = SignedPrice.TryVerify(body, venue.Genesis.VenueId, out var price);
        return signed && facts.IsSource(price.Feed, price.Source) ? null : Problems.BadSignature;
    }
}
