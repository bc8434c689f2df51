namespace DarkPool.Attestation.Simulated;

/// <summary>Reads simulated evidence. Believes it only if the policy names the root that signed it.</summary>
internal static class SimulatedVerifier
{
    public static EvidenceFacts? Read(ReadOnlySpan<byte> bytes, VerificationContext context)
    {
        var findings = context.Findings;
        if (!SimulatedStatement.TryRead(bytes, out var statement))
            return findings.Refuse<EvidenceFacts>(Refusal.EvidenceMalformed, "simulated statement", "not a statement of version 1");
        findings.Pass("simulated statement", "version 1");

        const string Subject = "development root";
        var root = Convert.ToHexStringLower(statement.Root);
        if (!context.Policy.DevelopmentRoots.Contains(root))
            return findings.Refuse<EvidenceFacts>(Refusal.DevelopmentRootNotNamed, Subject, $"not named by the policy: {root}");
        findings.Pass(Subject, $"named by the policy, though it proves nothing: {root}");

        if (!statement.SignatureIsValid())
            return findings.Refuse<EvidenceFacts>(Refusal.StatementSignatureInvalid, "statement signature", "does not verify");
        findings.Pass("statement signature", "by the development root");

        if (!StatementTime.TryJudge(statement.TimeMicroseconds, context, out _)) return null;
        return new EvidenceFacts
        {
            Kind = EvidenceKind.Simulated,
            Version = SimulatedStatement.CurrentVersion,
            ReportData = statement.ReportData.ToArray(),
            Measurements = new Dictionary<string, string> { ["program"] = Convert.ToHexStringLower(statement.Measurement) },
            TcbStatus = TcbStatus.UpToDate,
            ValidFrom = context.Window.From,
            ValidTo = context.Window.To,
        };
    }
}
