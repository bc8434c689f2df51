using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Submission;

/// <summary>The enclave's one direct answer to a command (docs/PROTOCOL.md section 5).</summary>
/// <param name="Answer">
/// OrderAccepted, OrderCancelled, OrderReplaced, OrdersCancelled, PoolChanged, IsolatedChanged, CommandDone, SessionClosed or Rejected.
/// </param>
/// <param name="Rejection">
/// Why, if it was rejected; else null. Never BadSeal, OutOfSequence or UnknownKeyEpoch, which answer no command of this session.
/// </param>
/// <param name="Block">Block in which it was executed.</param>
/// <param name="Time">Time of that block, in microseconds since 1970.</param>
public readonly record struct CommandOutcome(ReportType Answer, RejectionCode? Rejection, ulong Block, long Time)
{
    /// <summary>
    /// Where the order that the command came too late for had ended, for AlreadyFilled and AlreadyCancelled; else null.
    /// </summary>
    public LogPlace? EndedAt { get; init; }

    /// <summary>Whether the command took effect.</summary>
    public bool IsAccepted => Rejection is null;
}
