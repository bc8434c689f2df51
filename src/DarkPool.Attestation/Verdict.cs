namespace DarkPool.Attestation;

/// <summary>One thing that was checked, in words.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Detail">What was found.</param>
public sealed record Check(string Subject, bool Passed, string Detail);

/// <summary>The result of judging evidence: the facts it proves, or the one reason for which it was refused.</summary>
public sealed class Verdict
{
    private Verdict(Refusal refusal, string detail, EvidenceFacts? facts, IReadOnlyList<Check> checks)
    {
        Refusal = refusal;
        Detail = detail;
        Facts = facts;
        Checks = checks;
    }

    /// <summary>Whether the evidence is authentic and the policy allows what it says.</summary>
    public bool Accepted => Refusal == Refusal.None;

    /// <summary>The reason; <see cref="Refusal.None"/> if accepted.</summary>
    public Refusal Refusal { get; }

    /// <summary>The reason in words; never contains secrets.</summary>
    public string Detail { get; }

    /// <summary>
    /// What the evidence proves. Present when it is authentic, also when the policy then refused it; null when it is not authentic.
    /// </summary>
    public EvidenceFacts? Facts { get; }

    /// <summary>Everything that was checked, in order; the last one failed if the evidence was refused.</summary>
    public IReadOnlyList<Check> Checks { get; }

    /// <summary>"accepted", or the reason and its words.</summary>
    public override string ToString() => Accepted ? "accepted" : $"refused: {Refusal}: {Detail}";

    internal static Verdict Accept(EvidenceFacts facts, IReadOnlyList<Check> checks) => new(Refusal.None, "accepted", facts, checks);

    internal static Verdict Refuse(Refusal refusal, string detail, EvidenceFacts? facts, IReadOnlyList<Check> checks) =>
        new(refusal, detail, facts, checks);
}
