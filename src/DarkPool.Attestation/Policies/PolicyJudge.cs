namespace DarkPool.Attestation.Policies;

/// <summary>Holds the facts of authentic evidence against a policy. The first rule that fails is the reason of the refusal.</summary>
internal static class PolicyJudge
{
    public static bool Allows(EvidenceFacts facts, AttestationPolicy policy, DateTimeOffset now, Findings findings) =>
        AllowsFlags(facts, policy, findings)
        && AllowsTcb(facts, policy.Tcb, now, findings)
        && AllowsChip(facts, policy, findings)
        && AllowsMeasurement(facts, policy, now, findings);

    private static bool AllowsFlags(EvidenceFacts facts, AttestationPolicy policy, Findings findings)
    {
        if (facts.Flags.HasFlag(EvidenceFlags.Debug) && !policy.AllowDebug)
            return findings.Refuse(Refusal.DebugNotAllowed, "debug", "can be debugged, so it has no confidentiality");
        if (facts.Flags.HasFlag(EvidenceFlags.ServiceTd) && !policy.ServiceTds.Contains(facts.Measurements["mrservicetd"]))
            return findings.Refuse(Refusal.ServiceTdNotAllowed, "service TD", $"{facts.Measurements["mrservicetd"]} is not on the list");
        if (facts.Numbers.TryGetValue("vmpl", out var vmpl) && vmpl > (ulong)policy.MaxVmpl)
            return findings.Refuse(Refusal.VmplNotAllowed, "VMPL", $"{vmpl} is above {policy.MaxVmpl}");
        if (facts.Flags.HasFlag(EvidenceFlags.MigrationAgent) && !policy.AllowMigrationAgent)
            return findings.Refuse(Refusal.MigrationAgentNotAllowed, "migration agent", "may move the guest");
        if (facts.Flags.HasFlag(EvidenceFlags.ChipMasked) && !policy.AllowMaskedChip)
            return findings.Refuse(Refusal.ChipMasked, "chip", "the report hides it");
        findings.Pass("flags", facts.Flags == EvidenceFlags.None ? "nothing remarkable" : $"{facts.Flags} allowed");
        return true;
    }

    private static bool AllowsTcb(EvidenceFacts facts, TcbRule rule, DateTimeOffset now, Findings findings)
    {
        var status = facts.TcbStatus;
        var inGrace = facts.TcbDate is { } date && rule.GraceDays > 0 && now <= Later(date, rule.GraceDays);
        if (status == TcbStatus.Revoked || (status > rule.MinimumStatus && !inGrace))
        {
            return findings.Refuse(
                Refusal.TcbStatusNotAllowed, "TCB", $"{status} of {facts.TcbDate:yyyy-MM-dd} is below {rule.MinimumStatus}");
        }

        if (status != TcbStatus.UpToDate && facts.Advisories.FirstOrDefault(id => !rule.ToleratedAdvisories.Contains(id)) is { } advisory)
            return findings.Refuse(Refusal.AdvisoryNotTolerated, "advisories", $"{advisory} applies and is not tolerated by name");
        if (facts.EvaluationNumber is { } number && number < rule.MinimumEvaluationNumber)
            return findings.Refuse(Refusal.EvaluationNumberTooLow, "evaluation", $"{number} is below {rule.MinimumEvaluationNumber}");
        if (facts.Kind == EvidenceKind.Snp)
        {
            foreach (var (part, least) in rule.Amd)
            {
                if (!facts.Numbers.TryGetValue(part, out var svn) || svn < least)
                    return findings.Refuse(Refusal.TcbBelowMinimum, "reported TCB", $"{part} {svn} is below {least}");
            }
        }

        findings.Pass("TCB", status <= rule.MinimumStatus ? $"{status}" : $"{status}, within {rule.GraceDays} days of grace");
        return true;
    }

    private static bool AllowsChip(EvidenceFacts facts, AttestationPolicy policy, Findings findings)
    {
        if (policy.Chips is null || facts.Kind is EvidenceKind.Simulated) return true;
        if (facts.ChipId is null || !policy.Chips.Contains(facts.ChipId))
            return findings.Refuse(Refusal.ChipNotAllowed, "chip", $"{facts.ChipId ?? "unnamed"} is not on the list");
        findings.Pass("chip", "on the list");
        return true;
    }

    private static bool AllowsMeasurement(EvidenceFacts facts, AttestationPolicy policy, DateTimeOffset now, Findings findings)
    {
        MeasurementRule? expired = null;
        foreach (var rule in policy.Measurements)
        {
            if (!Matches(rule, facts)) continue;
            if (rule.Expires is null || now < rule.Expires)
            {
                findings.Pass("measurement", $"'{rule.Name}'");
                return true;
            }

            expired = rule;
        }

        return expired is null
            ? findings.Refuse(Refusal.MeasurementNotAllowed, "measurement", $"no rule allows this {PolicyNames.Of(facts.Kind)} program")
            : findings.Refuse(Refusal.MeasurementExpired, "measurement", $"'{expired.Name}' expired at {expired.Expires:u}");
    }

    /// <summary>A rule built in code and not read from JSON is held to the same demand: it must identify a program.</summary>
    private static bool Matches(MeasurementRule rule, EvidenceFacts facts)
    {
        if (rule.Kind != facts.Kind) return false;
        if (rule.Any) return rule.Kind == EvidenceKind.Simulated;
        return MeasurementRule.Identities(rule.Kind).Any(names => names.All(rule.Values.ContainsKey))
            && rule.Values.All(pair => facts.Measurements.TryGetValue(pair.Key, out var value) && value == pair.Value)
            && rule.Minimums.All(pair => facts.Numbers.TryGetValue(pair.Key, out var number) && number >= pair.Value);
    }

    private static DateTimeOffset Later(DateTimeOffset date, int days) =>
        date > DateTimeOffset.MaxValue.AddDays(-days) ? DateTimeOffset.MaxValue : date.AddDays(days);
}
