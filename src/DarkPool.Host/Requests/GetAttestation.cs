using DarkPool.Host.Enclaves;
using DarkPool.Host.Http;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using MediatR;

namespace DarkPool.Host.Requests;

/// <summary>Claims and evidence of the enclave over a client's nonce.</summary>
internal sealed record GetAttestation(Bytes32 Nonce) : IRequest<Answer<Attestation>>;

/// <summary>What the enclave answered. The host passes it on and judges nothing.</summary>
internal sealed record Attestation(EnclaveIdentity Claims, string Provider, ReadOnlyMemory<byte> Evidence);

/// <summary>Asks the enclave.</summary>
internal sealed class GetAttestationHandler(EnclaveSlot slot) : IRequestHandler<GetAttestation, Answer<Attestation>>
{
    public async Task<Answer<Attestation>> Handle(GetAttestation request, CancellationToken cancellationToken)
    {
        if (slot.Current is not { } enclave) return Problems.EnclaveUnavailable;
        try
        {
            var answer = await enclave.IdentifyAsync(request.Nonce.ToArray(), cancellationToken);
            return EnclaveIdentity.TryRead(answer.Claims, out var claims)
                ? new Attestation(claims, answer.Provider, answer.Evidence)
                : Problems.EnclaveUnavailable;
        }
        catch (LinkException)
        {
            return Problems.EnclaveUnavailable;
        }
    }
}
