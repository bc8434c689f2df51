using System.Globalization;
using DarkPool.Attestation.Policies;

namespace DarkPool.Cli.Attest;

/// <summary>A policy in sentences, for people who must answer for it.</summary>
internal static class PolicyWords
{
    /// <summary>What it accepts.</summary>
    public static IEnumerable<string> Rules(AttestationPolicy policy)
    {
        yield return policy.Providers.Count == 0
            ? "It looks at no evidence at all, so it accepts nobody."
            : $"It looks at evidence from {string.Join(", ", policy.Providers)}, and at no other.";
        if (policy.Measurements.Count == 0)
            yield return "It allows no program.";
        foreach (MeasurementRule rule in policy.Measurements)
            yield return Rule(rule);
        yield return Tcb(policy.Tcb);
        foreach (string line in Amd(policy))
            yield return line;
        yield return policy.Chips is null ? "Any chip will do." : $"The chip must be one of {policy.Chips.Count} listed.";
        if (policy.ServiceTds.Count > 0)
            yield return $"Service TDs may be bound: {string.Join(", ", policy.ServiceTds)}.";
        if (policy.PeerPolicies.Count > 0)
            yield return $"An enclave may hand its keys to peers by the policies {string.Join(", ", policy.PeerPolicies)}.";
        yield return "Signed statements (simulated, ROFL) may be "
            + string.Create(CultureInfo.InvariantCulture, $"{policy.StatementMaxAge.TotalSeconds:0} seconds old.");
    }

    /// <summary>What makes it weaker than a policy for production should be.</summary>
    public static IEnumerable<string> Warnings(AttestationPolicy policy)
    {
        if (policy.DevelopmentRoots.Count > 0)
            yield return "It believes simulated evidence, which anybody can make: it protects nothing.";
        if (policy.DevelopmentAnchors.Count > 0)
            yield return "It trusts root certificates beside Intel's and AMD's: for tests only.";
        if (policy.AllowDebug)
            yield return "It accepts guests that can be debugged, which have no confidentiality.";
        if (policy.AllowMigrationAgent)
            yield return "It accepts guests that a migration agent may move.";
        if (policy.AllowMaskedChip)
            yield return "It accepts reports that hide their chip.";
        if (policy.AllowUnavailableRevocation)
            yield return "It accepts evidence without revocation lists, so a revoked platform may pass.";
        if (policy.MaxVmpl > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"It accepts reports asked for from VMPL {policy.MaxVmpl}.");
        if (policy.Chips is null && policy.Providers.Any(name => name is "tsm" or "dstack"))
            yield return "It names no chips: keys extracted from any one machine of this make would satisfy it.";
    }

    private static string Rule(MeasurementRule rule)
    {
        string values = string.Join(", ", rule.Values.Select(pair => $"{pair.Key} = {pair.Value}"));
        string least = string.Concat(rule.Minimums.Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $", {pair.Key} at least {pair.Value}")));
        string until = rule.Expires is { } expires ? string.Create(CultureInfo.InvariantCulture, $" until {expires:u}") : "";
        return rule.Any
            ? $"It allows '{rule.Name}': any simulated program{until}."
            : $"It allows '{rule.Name}'{until}: {rule.Kind} with {values}{least}.";
    }

    private static string Tcb(TcbRule rule)
    {
        string grace = rule.GraceDays > 0
            ? string.Create(CultureInfo.InvariantCulture, $", or up to {rule.GraceDays} days after the date of its level")
            : "";
        string advisories = rule.ToleratedAdvisories.Count > 0
            ? $" Tolerated advisories: {string.Join(", ", rule.ToleratedAdvisories)}."
            : " No advisory is tolerated.";
        string evaluation = rule.MinimumEvaluationNumber > 0
            ? string.Create(CultureInfo.InvariantCulture, $" Intel's evaluation number is at least {rule.MinimumEvaluationNumber}.")
            : "";
        return $"The platform's TCB is at least {rule.MinimumStatus}{grace}.{advisories}{evaluation}";
    }

    private static IEnumerable<string> Amd(AttestationPolicy policy)
    {
        if (policy.Tcb.Amd.Count == 0)
            yield break;
        yield return "AMD's parts are at least "
            + string.Join(", ", policy.Tcb.Amd.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")))
            + ".";
    }
}
