namespace DarkPool.Attestation.Rofl;

/// <summary>
/// Reads evidence of a ROFL application. Its signature proves the evidence key alone (measurement <c>evidencekey</c>); which application
/// holds that key (measurement <c>appid</c>) is proven by the chain's list of registered instances, if the collateral has it.
/// </summary>
internal static class RoflVerifier
{
    public static EvidenceFacts? Read(ReadOnlyMemory<byte> bytes, VerificationContext context)
    {
        var findings = context.Findings;
        if (!RoflStatement.TryRead(bytes, out var statement))
            return findings.Refuse<EvidenceFacts>(Refusal.EvidenceMalformed, "ROFL statement", "not a statement of version 1");
        if (!statement.SignatureIsValid())
            return findings.Refuse<EvidenceFacts>(Refusal.StatementSignatureInvalid, "statement signature", "does not verify");
        var key = Convert.ToHexStringLower(statement.EvidenceKey);
        findings.Pass("statement signature", $"by evidence key {key}");
        if (!StatementTime.TryJudge(statement.TimeMicroseconds, context, out _)) return null;

        var measurements = new Dictionary<string, string> { ["evidencekey"] = key };
        if (context.Collateral.RoflInstances is { } cbor)
        {
            if (!IsRegistered(cbor, statement.AppId, key, findings)) return null;
            measurements["appid"] = statement.AppId;
        }

        return new EvidenceFacts
        {
            Kind = EvidenceKind.Rofl,
            Version = RoflStatement.CurrentVersion,
            ReportData = statement.ReportData,
            Measurements = measurements,
            TcbStatus = TcbStatus.UpToDate,
            ValidFrom = context.Window.From,
            ValidTo = context.Window.To,
        };
    }

    private static bool IsRegistered(byte[] cbor, string appId, string key, Findings findings)
    {
        const string Subject = "registration";
        if (!RoflInstances.TryRead(cbor, out var instances))
            return findings.Refuse(Refusal.RegistrationMalformed, Subject, "the list of instances cannot be read");
        if (RoflAppId.TryParse(appId) is not { } app || !instances.Published(app, RoflProvider.EvidenceKeyMetadata, key))
            return findings.Refuse(Refusal.NotRegistered, Subject, $"no registered instance of {appId} published the evidence key");
        findings.Pass(Subject, $"an instance of {appId} published the evidence key");
        return true;
    }
}
