namespace DarkPool.Attestation;

/// <summary>What a verification has checked so far. The first refusal ends it: callers return at once.</summary>
internal sealed class Findings
{
    private readonly List<Check> _checks = new(32);

    public Refusal Refusal { get; private set; }

    public string Detail { get; private set; } = "";

    public IReadOnlyList<Check> Checks => _checks;

    public void Pass(string subject, string detail) => _checks.Add(new Check(subject, true, detail));

    /// <summary>Notes the refusal.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Refuse(Refusal refusal, string subject, string detail)
    {
        _checks.Add(new Check(subject, false, detail));
        Refusal = refusal;
        Detail = $"{subject}: {detail}";
        return false;
    }

    /// <summary>Notes the refusal.</summary>
    /// <returns>Null, for the caller to return.</returns>
    public T? Refuse<T>(Refusal refusal, string subject, string detail)
        where T : class
    {
        Refuse(refusal, subject, detail);
        return null;
    }
}
