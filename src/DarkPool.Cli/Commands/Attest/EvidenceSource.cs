using DarkPool.Attestation.Policies;
using DarkPool.Cli.Attest;
using DarkPool.Client;
using DarkPool.Client.Trust;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>Evidence to look at, not to believe.</summary>
internal static class EvidenceSource
{
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(10);

    /// <summary>A policy that accepts nobody: the verdict is not looked at.</summary>
    private static readonly AttestationPolicy Nobody = new() { Name = "nobody" };

    /// <summary>Evidence of a file, or of a running venue.</summary>
    public static async Task<EvidenceInput> GetAsync(
        FileInfo? file, Uri? venue, string? provider, FileInfo? eventLog, CancellationToken cancellation)
    {
        if (venue is null)
            return EvidenceInput.Read(file!, provider, eventLog);
        var options = new DarkPoolClientOptions { Venue = venue, Policy = Nobody, RetryFor = RetryFor };
        EnclaveExamination seen = await DarkPoolClient.ExamineEnclaveAsync(options, cancellation);
        return new EvidenceInput(
            seen.Evidence, new AttestationDocument(seen.Evidence, seen.Identity, seen.VenueId, seen.Nonce));
    }
}
