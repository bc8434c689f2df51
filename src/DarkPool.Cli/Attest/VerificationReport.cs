using System.Globalization;
using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Cli.Output;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Attest;

/// <summary>What `attest verify` prints: what was checked, what passed, what was refused, and what the evidence proves.</summary>
internal sealed record VerificationReport
{
    private const int SubjectWidth = 22;

    public required bool Accepted { get; init; }

    /// <summary>Name of the refusal; null if accepted.</summary>
    public string? Refusal { get; init; }

    /// <summary>The refusal in words; null if accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>What it means; null if accepted.</summary>
    public string? Advice { get; init; }

    public required string Origin { get; init; }

    public required string Provider { get; init; }

    public required string Policy { get; init; }

    public required string PolicyHash { get; init; }

    public required DateTimeOffset JudgedAt { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>What the verification could not see.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What authentic evidence says; null if it is not authentic.</summary>
    public required FactsReport? Facts { get; init; }

    /// <summary>What the evidence binds, if it came with claims.</summary>
    public required ClaimsReport? Enclave { get; init; }

    public static VerificationReport Of(
        Verdict verdict, AttestationPolicy policy, string origin, string provider, DateTimeOffset at,
        EnclaveIdentity? identity, IReadOnlyList<string> notes) => new()
        {
            Accepted = verdict.Accepted,
            Refusal = verdict.Accepted ? null : verdict.Refusal.ToString(),
            Reason = verdict.Accepted ? null : verdict.Detail,
            Advice = verdict.Accepted ? null : RefusalAdvice.Of(verdict.Refusal),
            Origin = origin,
            Provider = provider,
            Policy = policy.Name,
            PolicyHash = Convert.ToHexStringLower(policy.Hash.Span),
            JudgedAt = at,
            Checks = verdict.Checks,
            Notes = notes,
            Facts = verdict.Facts is null ? null : FactsReport.Of(verdict.Facts),
            Enclave = identity is null ? null : ClaimsReport.Of(identity),
        };

    public void Print(bool json)
    {
        if (json)
        {
            Report.Print(this, json: true);
            return;
        }
        foreach (string line in Text())
            Console.Out.WriteLine(line);
    }

    private IEnumerable<string> Text()
    {
        yield return $"evidence   {Provider}, from {Origin}";
        yield return $"policy     '{Policy}' {PolicyHash}";
        yield return string.Create(CultureInfo.InvariantCulture, $"judged at  {JudgedAt:u}");
        yield return "";
        foreach (Check check in Checks)
            yield return $"  {(check.Passed ? "passed " : "REFUSED")}  {check.Subject.PadRight(SubjectWidth)} {check.Detail}";
        if (Facts is { } facts)
        {
            yield return "";
            yield return Accepted ? "it proves" : "it proves, though the policy does not accept it";
            foreach ((string name, string value) in facts.Lines())
                yield return $"  {name.PadRight(SubjectWidth)} {value}";
        }
        if (Enclave is { } enclave && Accepted)
        {
            yield return "";
            yield return "and binds of the enclave";
            foreach ((string name, string value) in enclave.Lines())
                yield return $"  {name.PadRight(SubjectWidth)} {value}";
        }
        yield return "";
        foreach (string note in Notes)
            yield return "note: " + note;
        yield return Accepted ? "accepted" : $"refused: {Refusal}: {Reason}";
        if (Advice is not null)
            yield return "         " + Advice;
    }
}
