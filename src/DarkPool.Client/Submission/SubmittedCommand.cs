using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Submission;

/// <summary>A command that was sealed and is on its way; await what you need of it.</summary>
public sealed class SubmittedCommand
{
    /// <summary>Refusals remembered until the receipt comes; a venue that lets strangers send more is not usable anyway.</summary>
    private const int MostRefusals = 64;

    private readonly TaskCompletionSource<CommandReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommandOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<(ulong Block, uint Index), RejectionCode>? _refusals;
    private (ulong Block, uint Index) _place;

    internal SubmittedCommand(CommandType type, ulong sequence, long submittedAt)
    {
        Type = type;
        Sequence = sequence;
        SubmittedAt = submittedAt;
    }

    /// <summary>What it asks for.</summary>
    public CommandType Type { get; }

    /// <summary>Its sequence in the session.</summary>
    public ulong Sequence { get; }

    /// <summary>When it was sealed: a timestamp of <see cref="DarkPoolClientOptions.Time"/>.</summary>
    public long SubmittedAt { get; }

    /// <summary>When its receipt was verified; 0 before.</summary>
    public long ReceiptAt { get; private set; }

    /// <summary>When its report was opened; 0 before.</summary>
    public long OutcomeAt { get; private set; }

    /// <summary>Ends when the command is durable and the enclave's receipt for it verified.</summary>
    public Task<CommandReceipt> Receipt => _receipt.Task;

    /// <summary>Ends when the enclave's sealed answer is here. A rejection is an outcome, not a fault.</summary>
    public Task<CommandOutcome> Outcome => _outcome.Task;

    /// <summary>Balances that came before the outcome of a query, as the enclave ordered them.</summary>
    internal IReadOnlyList<Balance> Balances { get; set; } = [];

    /// <summary>Positions that came before the outcome of a question about loans, as the enclave ordered them.</summary>
    internal IReadOnlyList<LendingReport> Positions { get; set; } = [];

    /// <summary>Takes the receipt.</summary>
    /// <returns>Why the enclave refused exactly this envelope; null if it did not, or has not said so yet.</returns>
    internal RejectionCode? Received(in CommandReceipt receipt, long now)
    {
        ReceiptAt = now;
        _receipt.TrySetResult(receipt);
        lock (_receipt)
        {
            _place = (receipt.Block, receipt.Index);
            return _refusals?.TryGetValue(_place, out RejectionCode code) == true ? code : null;
        }
    }

    /// <summary>
    /// Takes note that an envelope which named this command's sequence was refused without using the sequence up. Everybody can send
    /// such an envelope: it counts only if its place in the log is the one of ours.
    /// </summary>
    /// <returns>The code if the envelope was ours; null if it was another's, or our place is not known yet.</returns>
    internal RejectionCode? RefusedAt(ulong block, uint index, RejectionCode code)
    {
        lock (_receipt)
        {
            if (_place == (block, index))
                return code;
            _refusals ??= [];
            if (_refusals.Count < MostRefusals)
                _refusals.TryAdd((block, index), code);
            return null;
        }
    }

    internal void Answered(in CommandOutcome outcome, long now)
    {
        OutcomeAt = now;
        _outcome.TrySetResult(outcome);
    }

    internal void Fail(Exception exception)
    {
        Observe(_receipt, exception);
        Observe(_outcome, exception);
    }

    /// <summary>Nobody may be waiting for one of the two, and an unobserved fault is not news.</summary>
    private static void Observe<T>(TaskCompletionSource<T> source, Exception exception)
    {
        if (source.TrySetException(exception))
            _ = source.Task.Exception;
    }
}
