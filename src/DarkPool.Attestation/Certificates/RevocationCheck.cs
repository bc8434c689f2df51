namespace DarkPool.Attestation.Certificates;

/// <summary>Loads revocation lists as the policy asks: all of them, unless it tolerates that one is not provided.</summary>
internal static class RevocationCheck
{
    /// <summary>Reads and verifies a list; false if that ends the verification. The list is null if going without is allowed.</summary>
    public static bool TryLoad(
        string name, byte[]? encoded, Certificate issuer, VerificationContext context, out RevocationList? list)
    {
        list = null;
        var findings = context.Findings;
        if (encoded is null)
        {
            if (!context.Policy.AllowUnavailableRevocation) return findings.Refuse(Refusal.MissingCrl, name, "not provided");
            findings.Pass(name, "not provided, which the policy tolerates");
            return true;
        }

        if (!RevocationList.TryRead(encoded, out list)) return findings.Refuse(Refusal.CrlMalformed, name, "not a readable list");
        var refusal = list.Check(issuer, context.Now);
        if (refusal != Refusal.None) return findings.Refuse(refusal, name, $"of {list.ThisUpdate:u} to {list.NextUpdate:u}");
        context.Window.Include(list.ThisUpdate, list.NextUpdate);
        findings.Pass(name, $"valid until {list.NextUpdate:u}");
        return true;
    }
}
