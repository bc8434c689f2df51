using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using DarkPool.Host.Hosting;
using DarkPool.Host.Reports;
using DarkPool.Host.Requests;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Blocks;
using MediatR;

namespace DarkPool.Host.Http;

/// <summary>What is public of the past: the tape of settlements, liquidations, and the log itself.</summary>
internal static class LogEndpoints
{
    private const int DefaultTapeLimit = 100;

    /// <summary>Most sheets of liquidations in one answer: 32 MiB of JSON if each is full.</summary>
    private const int MaxSheets = 16;

    /// <summary>How often an open tape looks for a batch; batches close at the pace of seconds.</summary>
    private static readonly TimeSpan TapeInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks between two comments on a quiet tape: 15 seconds, below what proxies take for dead.</summary>
    private const int QuietLooks = 30;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Public record");
        group.MapGet("/tape", TapeAsync)
            .WithName("readTape")
            .WithSummary("Settlement batches; server-sent events by Accept: text/event-stream")
            .Produces<TapeDocument>()
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);
        group.MapGet("/liquidations", LiquidationsAsync)
            .WithName("readLiquidations")
            .WithSummary("Liquidations as the enclave signed them, at settlement cadence")
            .Produces<LiquidationsDocument>()
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);
        group.MapGet("/blocks/{n}", BlockAsync)
            .WithName("readBlock")
            .WithSummary("A block of the log: its bytes, or a description by Accept: application/json")
            .Produces<Stream>(StatusCodes.Status200OK, RequestBody.MediaType)
            .Produces<BlockDocument>()
            .Produces<ProblemDocument>(StatusCodes.Status400BadRequest, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status404NotFound, Problem.ContentType)
            .Produces<ProblemDocument>(StatusCodes.Status503ServiceUnavailable, Problem.ContentType);
    }

    private static async Task<IResult> TapeAsync(
        HttpContext context, string? after, string? limit, IMediator mediator, VenueFacts facts, IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        var start = after ?? context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? "0";
        if (!TryReadPage(start, limit ?? $"{DefaultTapeLimit}", ClientLimits.TapeLimit, out var known, out var most, out var fault))
            return fault;
        var first = await mediator.Send(new ReadTape(known, most), context.RequestAborted);
        if (!Accepts(context, ServerSentEvents.ContentType) || !first.TryGet(out var tape, out _))
            return first.ToResult(document => TypedResults.Json(document, VenueJson.Default.TapeDocument));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await FollowTapeAsync(await ServerSentEvents.StartAsync(context), tape, mediator, facts, time, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, or the host drains.
        }

        return Results.Empty;
    }

    private static async Task<IResult> LiquidationsAsync(
        string? after, string? limit, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!TryReadPage(after ?? "0", limit ?? $"{MaxSheets}", MaxSheets, out var known, out var most, out var fault)) return fault;
        var answer = await mediator.Send(new ReadLiquidations(known, most), cancellationToken);
        return answer.ToResult(document => TypedResults.Json(document, VenueJson.Default.LiquidationsDocument));
    }

    private static bool TryReadPage(
        string after, string limit, int highest, out ulong known, out int most, [NotNullWhen(false)] out IResult? fault)
    {
        most = 0;
        fault = null;
        if (!ulong.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out known))
            fault = Problems.BadQuery("after: a decimal number");
        else if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most < 1 || most > highest)
            fault = Problems.BadQuery($"limit: 1 to {highest}");
        return fault is null;
    }

    private static async Task FollowTapeAsync(
        ServerSentEvents events, TapeDocument tape, IMediator mediator, VenueFacts facts, TimeProvider time, CancellationToken end)
    {
        using var timer = new PeriodicTimer(TapeInterval, time);
        for (var quiet = 0; ; quiet++)
        {
            foreach (var batch in tape.Batches)
                events.Append("batch"u8, batch.Sequence, JsonSerializer.SerializeToUtf8Bytes(batch, VenueJson.Default.BatchDocument));
            if (tape.Batches.Count > 0) quiet = 0;
            if (quiet % QuietLooks == QuietLooks - 1) events.AppendComment();
            await events.FlushAsync(end);
            var next = tape.Next;
            await timer.WaitForNextTickAsync(end);
            tape = new TapeDocument([], next);
            if (facts.View.SettlementClosed <= next) continue;
            var read = await mediator.Send(new ReadTape(next, DefaultTapeLimit), end);
            if (read.TryGet(out var more, out _)) tape = more;
        }
    }

    private static async Task<IResult> BlockAsync(HttpContext context, string n, IMediator mediator)
    {
        if (!ulong.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            return Problems.BadQuery("the block's number: a decimal number from 1");
        var asJson = Accepts(context, "application/json");
        var answer = await mediator.Send(new ReadBlock(number, asJson), context.RequestAborted);
        return answer.ToResult(found => asJson
            ? TypedResults.Json(Describe(found), VenueJson.Default.BlockDocument)
            : new BinaryResult(StatusCodes.Status200OK, found.Block.Bytes));
    }

    private static BlockDocument Describe(ReadBlockResult found)
    {
        var header = found.Block.Header;
        var entries = new List<EntryDocument>((int)header.EntryCount);
        if (BlockReader.Open(found.Block.Bytes.Span, out var reader) == BlockFault.None)
        {
            foreach (var entry in reader)
            {
                var hash = BlockHash.OfEntry(entry.Encoded).ToString();
                entries.Add(new EntryDocument(entries.Count, NameOf(entry.Kind), entry.Data.Length, hash));
            }
        }

        return new BlockDocument(
            header.Number, header.Shard, header.SequencerEpoch, header.Time, header.PreviousHead.ToString(), header.EntriesRoot.ToString(),
            found.Block.Head.ToString(), entries, found.Execution is { } executed ? Describe(executed) : null);
    }

    private static ExecutionDocument Describe(EventStore.Facts.BlockExecuted executed) => new(
        Convert.ToHexStringLower(executed.StateRoot),
        Convert.ToHexStringLower(executed.Signature),
        executed.Dropped,
        [.. executed.Opened.Select(session => checked((executed.Number * 65_536) + session.Index))],
        executed.Closed,
        executed.Settlement);

    private static string NameOf(EntryKind kind) => kind switch
    {
        EntryKind.Envelope => "envelope",
        EntryKind.Deposit => "deposit",
        EntryKind.Price => "price",
        _ => "governance",
    };

    private static bool Accepts(HttpContext context, string mediaType) =>
        context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));
}
