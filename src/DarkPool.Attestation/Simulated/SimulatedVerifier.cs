using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Simulated;

/// <summary>Reads simulated evidence. Believes it only if the policy names the root that signed it.</summary>
internal static class SimulatedVerifier
{
    /// <summary>How far a statement's time may lie ahead: clocks of two processes on one machine.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>The year 9000: far from the end of <see cref="DateTimeOffset"/>, whose arithmetic throws there.</summary>
    private static readonly long MaxMicroseconds =
        (new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static EvidenceFacts? Read(ReadOnlySpan<byte> bytes, AttestationPolicy policy, DateTimeOffset now, Findings findings)
    {
        if (!SimulatedStatement.TryRead(bytes, out var statement) || (ulong)statement.TimeMicroseconds > (ulong)MaxMicroseconds)
            return findings.Refuse(Refusal.EvidenceMalformed, "simulated statement", "not a statement of version 1");
        findings.Pass("simulated statement", "version 1");

        var root = Convert.ToHexStringLower(statement.Root);
        if (!policy.DevelopmentRoots.Contains(root))
        {
            return findings.Refuse(
                Refusal.DevelopmentRootNotNamed, "development root", $"the policy does not name {root}; simulated evidence proves nothing");
        }

        findings.Pass("development root", $"the policy names {root}, though it proves nothing");

        if (!statement.SignatureIsValid())
            return findings.Refuse(Refusal.StatementSignatureInvalid, "statement signature", "does not verify");
        findings.Pass("statement signature", "by the development root");

        var time = DateTimeOffset.UnixEpoch.AddTicks(statement.TimeMicroseconds * TimeSpan.TicksPerMicrosecond);
        if (time > now + ClockTolerance || time < now - policy.SimulatedMaxAge)
        {
            return findings.Refuse(
                Refusal.StatementExpired, "statement time", $"{time:u} is not within {policy.SimulatedMaxAge} before {now:u}");
        }

        findings.Pass("statement time", $"{time:u}");

        return new EvidenceFacts
        {
            Kind = EvidenceKind.Simulated,
            Version = SimulatedStatement.CurrentVersion,
            ReportData = statement.ReportData.ToArray(),
            Measurements = new Dictionary<string, string> { ["program"] = Convert.ToHexStringLower(statement.Measurement) },
            TcbStatus = TcbStatus.UpToDate,
            ValidFrom = time,
            ValidTo = time + policy.SimulatedMaxAge,
        };
    }
}
