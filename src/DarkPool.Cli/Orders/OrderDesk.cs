using DarkPool.Client;
using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Cli.Orders;

/// <summary>
/// Sends one command of one account in a session of its own and gathers what it came to. The session is closed afterwards: its last
/// report comes after every fill of the command.
/// </summary>
internal static class OrderDesk
{
    /// <summary>Sends a command.</summary>
    /// <param name="options">The venue.</param>
    /// <param name="account">The account's key.</param>
    /// <param name="send">The command.</param>
    /// <param name="wait">How long to gather what comes after an answer that takes effect.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DarkPoolException">The venue or the session was lost.</exception>
    public static async Task<OrderResult> SendAsync(
        DarkPoolClientOptions options, Key account, Func<DarkPoolSession, Task<CommandOutcome>> send, TimeSpan wait,
        CancellationToken cancellation)
    {
        var reports = new OrderReports();
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(options, cancellation);
        await using DarkPoolSession session = await client.OpenSessionAsync(
            new SessionOptions { Account = account, RateClass = RateClass.Fast, OnReport = reports.Take }, cancellation);
        CommandOutcome outcome = await send(session);
        if (outcome.IsAccepted && wait > TimeSpan.Zero)
            await GatherAsync(wait, cancellation);
        await session.CloseAsync(cancellation);
        return reports.Result(outcome);
    }

    /// <summary>Reports come by themselves meanwhile.</summary>
    private static async Task GatherAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(wait);
        await timer.WaitForNextTickAsync(cancellation);
    }
}

/// <summary>What the reports of one command said.</summary>
internal sealed class OrderReports
{
    private readonly List<FillLine> _fills = [];
    private readonly List<ulong> _cancelled = [];
    private readonly List<InvitationLine> _invited = [];

    /// <summary>Takes a report, from the loop that reads them.</summary>
    public void Take(in ReportHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type == ReportType.Fill && Fill.TryRead(body, out Fill fill))
            _fills.Add(new FillLine(fill.ClientOrderId, fill.Price, fill.Quantity, fill.Remaining, fill.Fee.ToString()));
        else if (header.Type == ReportType.OrderCancelled && OrderCancelled.TryRead(body, out OrderCancelled cancelled))
            _cancelled.Add(cancelled.ClientOrderId);
        else if (header.Type == ReportType.FirmUpInvited && FirmUpInvited.TryRead(body, out FirmUpInvited invited))
            _invited.Add(new InvitationLine(invited.ClientOrderId, invited.Quantity, TimeOf(invited.Deadline)));
    }

    /// <summary>All of it; call it when no more reports come.</summary>
    public OrderResult Result(in CommandOutcome outcome) => new(
        outcome.IsAccepted, outcome.Answer.ToString(), outcome.Rejection?.ToString(), outcome.Block,
        outcome.EndedAt?.Block, outcome.EndedAt?.Index, [.. _fills], [.. _cancelled], [.. _invited]);

    private static DateTimeOffset TimeOf(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}

/// <summary>What `order` prints.</summary>
/// <param name="Accepted">Whether the command took effect.</param>
/// <param name="Answer">The enclave's direct answer.</param>
/// <param name="Rejection">Why it was rejected; null if it was not.</param>
/// <param name="Block">The block that carried it out.</param>
/// <param name="EndedInBlock">Where the order had ended before, for AlreadyFilled and AlreadyCancelled.</param>
/// <param name="EndedByEntry">The entry of that block.</param>
/// <param name="Fills">What traded at once.</param>
/// <param name="Cancelled">Client order ids that were cancelled.</param>
/// <param name="Invited">Conditional orders that may be firmed up.</param>
internal sealed record OrderResult(
    bool Accepted, string Answer, string? Rejection, ulong Block, ulong? EndedInBlock, uint? EndedByEntry, FillLine[] Fills,
    ulong[] Cancelled, InvitationLine[] Invited);

/// <summary>A fill, in ticks, lots and base units of the quote asset.</summary>
internal sealed record FillLine(ulong ClientOrderId, long Price, ulong Quantity, ulong Remaining, string Fee);

/// <summary>An invitation to firm up a conditional order: at most so many lots, before the deadline.</summary>
internal sealed record InvitationLine(ulong ClientOrderId, ulong Quantity, DateTimeOffset Deadline);
