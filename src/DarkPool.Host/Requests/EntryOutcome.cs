using DarkPool.Host.Http;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Requests;

/// <summary>What became of a single public entry: it took effect, or the enclave refused it.</summary>
internal static class EntryOutcome
{
    internal static Answer<SubmissionResult> Of(SubmissionResult result, VenueFacts facts)
    {
        var run = result.Runs[0];
        foreach (var refusal in run.Execution.Refused)
        {
            if (refusal.Index == run.First) return Refused(refusal.Code, result, facts);
        }

        return result;
    }

    private static Problem Refused(EntryRefusalCode code, SubmissionResult result, VenueFacts facts) =>
        Problems.EntryRefused(code.ToString(), result.Receipts) with
        {
            NextSequence = code == EntryRefusalCode.OutOfSequence ? facts.NextGovernanceSequence : null,
        };
}
