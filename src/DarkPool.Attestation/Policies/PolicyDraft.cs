using DarkPool.Attestation.Simulated;

namespace DarkPool.Attestation.Policies;

/// <summary>Drafts a policy that allows the program of given evidence and nothing else, for a person to look at first.</summary>
public static class PolicyDraft
{
    /// <summary>
    /// Its measurements by name, TCB up to date, and none of the allowances: evidence that can be debugged, for example, is not accepted by
    /// the policy drafted from it. On dstack the program is told by its compose hash, because the whole of RTMR3 differs from instance to
    /// instance.
    /// </summary>
    /// <param name="name">What people call the policy.</param>
    /// <param name="evidence">The evidence; only its provider's name is taken from it.</param>
    /// <param name="outline">What the evidence says of itself.</param>
    public static AttestationPolicy From(string name, Evidence evidence, EvidenceOutline outline)
    {
        var identities = MeasurementRule.Identities(outline.Kind).Where(names => names.All(outline.Measurements.ContainsKey)).ToList();
        var identity = identities.FirstOrDefault(names => names.Contains("compose-hash")) ?? identities[0];
        var root = outline.Details.Where(detail => detail.Name == "development root").Select(detail => detail.Value);
        return new AttestationPolicy
        {
            Name = name,
            Providers = [evidence.Provider],
            DevelopmentRoots = evidence.Provider == SimulatedProvider.ProviderName ? [.. root] : [],
            Measurements =
            [
                new MeasurementRule
                {
                    Name = $"program of {name}",
                    Kind = outline.Kind,
                    Values = new SortedDictionary<string, string>(
                        identity.ToDictionary(measurement => measurement, measurement => outline.Measurements[measurement]),
                        StringComparer.Ordinal),
                },
            ],
        };
    }
}
