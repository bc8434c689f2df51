namespace DarkPool.Attestation.Policies;

/// <summary>
/// Judges to whom an enclave may hand its keys. Who accepts an enclave accepts with it everyone whom that enclave accepts as a peer, so
/// the hash of its peer policy is bound by its evidence and held against the verifier's own policy.
/// </summary>
public static class PeerPolicyJudge
{
    /// <summary>The verdict, turned into a refusal if the enclave's peer policy is not allowed.</summary>
    /// <param name="verdict">How the evidence was judged that binds the hash.</param>
    /// <param name="policy">The verifier's own.</param>
    /// <param name="peerPolicyHash">32 bytes; zeros: the enclave has no peers.</param>
    public static Verdict Judge(Verdict verdict, AttestationPolicy policy, ReadOnlySpan<byte> peerPolicyHash)
    {
        if (!verdict.Accepted) return verdict;
        const string Subject = "peer policy";
        var hash = Convert.ToHexStringLower(peerPolicyHash);
        if (policy.AllowsPeerPolicy(peerPolicyHash))
        {
            var detail = peerPolicyHash.ContainsAnyExcept((byte)0) ? $"{hash} is allowed" : "none: it hands its keys to nobody";
            return Verdict.Accept(verdict.Facts!, [.. verdict.Checks, new Check(Subject, true, detail)]);
        }

        var reason = $"it would hand its keys to peers by policy {hash}, which is not named";
        return Verdict.Refuse(
            Refusal.PeerPolicyNotAllowed, $"{Subject}: {reason}", verdict.Facts, [.. verdict.Checks, new Check(Subject, false, reason)]);
    }
}
