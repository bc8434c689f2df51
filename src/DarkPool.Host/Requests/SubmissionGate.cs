using DarkPool.Host.Hosting;
using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Telemetry;
using DarkPool.Protocol.Blocks;

namespace DarkPool.Host.Requests;

/// <summary>The one door from requests to the sequencer: enqueues what a handler has checked and waits for the receipts.</summary>
internal sealed class SubmissionGate(Intake intake, HostSettings settings, HostMetrics metrics, TimeProvider time)
{
    /// <summary>Submits entries and waits until they are durable and executed.</summary>
    /// <param name="kind">Kind of the entries.</param>
    /// <param name="body">Their bytes, checked; belongs to the sequencer from here on, whatever the answer.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="cancellationToken">The client has left: the wait ends, the entries go their way.</param>
    internal async Task<Answer<SubmissionResult>> SubmitAsync(
        EntryKind kind, PooledBytes body, int count, CancellationToken cancellationToken)
    {
        var submission = new Submission(kind, body, count);
        if (intake.TryEnqueue(submission) is { } refusal)
        {
            body.Dispose();
            return refusal;
        }

        try
        {
            var answer = await submission.Completion.WaitAsync(settings.Clients.ReceiptWait, time, cancellationToken);
            metrics.ReceiptGiven(time.GetElapsedTime(submission.Arrival));
            return answer;
        }
        catch (TimeoutException)
        {
            return Problems.ReceiptDelayed;
        }
    }
}
