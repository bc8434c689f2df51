using System.Globalization;
using DarkPool.Attestation;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Attest;

/// <summary>What authentic evidence says.</summary>
internal sealed record FactsReport(
    string Kind,
    int Version,
    string ReportData,
    IReadOnlyDictionary<string, string> Measurements,
    IReadOnlyDictionary<string, ulong> Numbers,
    string Flags,
    string TcbStatus,
    DateTimeOffset? TcbDate,
    IReadOnlyList<string> Advisories,
    uint? EvaluationNumber,
    string? ChipId,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidTo,
    IReadOnlyList<RuntimeEvent> RuntimeEvents,
    IntelFacts? Intel,
    AmdFacts? Amd)
{
    public static FactsReport Of(EvidenceFacts facts) => new(
        facts.Kind.ToString(), facts.Version, Convert.ToHexStringLower(facts.ReportData.Span), facts.Measurements, facts.Numbers,
        facts.Flags.ToString(), facts.TcbStatus.ToString(), facts.TcbDate, facts.Advisories, facts.EvaluationNumber, facts.ChipId,
        facts.ValidFrom, facts.ValidTo, facts.RuntimeEvents, facts.Intel, facts.Amd);

    public IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("kind", string.Create(CultureInfo.InvariantCulture, $"{Kind}, version {Version}"));
        foreach ((string name, string value) in Measurements)
            yield return (name, value);
        foreach ((string name, ulong value) in Numbers)
            yield return (name, value.ToString(CultureInfo.InvariantCulture));
        yield return ("flags", Flags);
        string of = TcbDate is { } date ? string.Create(CultureInfo.InvariantCulture, $" of {date:yyyy-MM-dd}") : "";
        yield return ("TCB status", TcbStatus + of);
        if (Advisories.Count > 0)
            yield return ("advisories", string.Join(", ", Advisories));
        if (EvaluationNumber is { } number)
            yield return ("evaluation number", number.ToString(CultureInfo.InvariantCulture));
        yield return ("chip", ChipId ?? "not named");
        foreach (RuntimeEvent item in RuntimeEvents)
            yield return ("event " + item.Name, item.Payload);
        yield return ("valid", string.Create(CultureInfo.InvariantCulture, $"{ValidFrom:u} to {ValidTo:u}"));
        yield return ("report data", ReportData);
    }
}

/// <summary>What an enclave claims of itself.</summary>
internal sealed record ClaimsReport(
    string SigningKey, string EvmAddress, uint KeyEpoch, string EncryptionKey, string PolicyHash, ulong AnchoredBlock, string AnchoredHead)
{
    public static ClaimsReport Of(EnclaveIdentity identity) => new(
        identity.SigningKey.ToString(), identity.EvmAddress.ToString(), identity.KeyEpoch, identity.EncryptionKey.ToString(),
        identity.PolicyHash.ToString(), identity.AnchoredBlock, identity.AnchoredHead.ToString());

    public IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("signing key", SigningKey);
        yield return ("settlement address", EvmAddress);
        yield return ("encryption key", string.Create(CultureInfo.InvariantCulture, $"{EncryptionKey} of epoch {KeyEpoch}"));
        yield return ("peer policy", PolicyHash);
        yield return ("anchored head", string.Create(CultureInfo.InvariantCulture, $"{AnchoredHead} of block {AnchoredBlock}"));
    }
}
