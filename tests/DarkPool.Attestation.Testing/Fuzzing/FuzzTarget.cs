using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Testing.Fuzzing;

/// <summary>A genuine sample that the verifier accepts, to be mutated, with its collateral and the policy that allows it.</summary>
internal sealed record FuzzTarget(
    string Name,
    EvidencePart Part,
    byte[] Sample,
    byte[]? EventLog,
    Collateral Collateral,
    AttestationPolicy Policy,
    byte[] ReportData,
    DateTimeOffset Now)
{
    /// <summary>The members of the collateral that can be mutated.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Members { get; } = [.. CollateralFiles.Of(Collateral)];

    /// <summary>The sample as it is.</summary>
    public Verdict Judge() => Judge(Sample, EventLog, Collateral);

    /// <summary>The sample with parts replaced.</summary>
    public Verdict Judge(byte[] quote, byte[]? eventLog, Collateral collateral)
    {
        var bundle = new EvidenceBundle().With(Part, quote);
        if (eventLog is not null) bundle.With(EvidencePart.EventLog, eventLog);
        return EvidenceVerifier.Verify(new Evidence("tsm", bundle.ToBytes()), Policy, ReportData, Now, collateral);
    }

    /// <summary>The whole evidence replaced.</summary>
    public Verdict JudgeRaw(byte[] evidence) => EvidenceVerifier.Verify(new Evidence("tsm", evidence), Policy, ReportData, Now, Collateral);

    /// <summary>A policy that allows exactly what a verdict's facts show.</summary>
    public static AttestationPolicy Allowing(EvidenceFacts facts, AttestationPolicy policy)
    {
        var names = MeasurementRule.Identities(facts.Kind)[0];
        return policy with
        {
            AllowDebug = true,
            MaxVmpl = 3,
            Tcb = new TcbRule { MinimumStatus = TcbStatus.OutOfDateConfigurationNeeded, ToleratedAdvisories = facts.Advisories },
            Measurements =
            [
                new MeasurementRule
                {
                    Name = "the sample",
                    Kind = facts.Kind,
                    Values = new SortedDictionary<string, string>(names.ToDictionary(name => name, name => facts.Measurements[name])),
                },
            ],
        };
    }
}
