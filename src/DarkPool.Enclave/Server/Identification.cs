using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>What the enclave claims about itself, with evidence over it.</summary>
internal static class Identification
{
    /// <exception cref="LinkException">The enclave has no key epoch yet: it was not restored.</exception>
    /// <exception cref="IOException">The platform gives no evidence.</exception>
    public static async Task<IdentityAnswer> AnswerAsync(
        EnclaveContext context, RequestDesk desk, Bytes32 nonce, CancellationToken cancellationToken)
    {
        if (desk.Stage == EnclaveStage.AwaitsRestore)
            throw new LinkException(LinkErrorCode.UnexpectedMessage, "The first request is Restore.");
        var (epoch, encryptionKey) = context.Keys.Epochs.NewestPair();
        var anchor = desk.Anchor;
        var identity = new EnclaveIdentity(
            context.Keys.SigningPublicKey,
            context.Keys.EvmKey.Address,
            epoch,
            encryptionKey,
            context.PeerPolicyHash,
            anchor.Block,
            anchor.Head);
        var reportData = ReportData.Compute(identity, context.Genesis.VenueId, nonce);
        var evidence = await context.Provider.GetEvidenceAsync(reportData, cancellationToken);
        var claims = new byte[EnclaveIdentity.Size];
        identity.Write(claims);
        return new IdentityAnswer(claims, evidence.Provider, evidence.Bytes);
    }
}
