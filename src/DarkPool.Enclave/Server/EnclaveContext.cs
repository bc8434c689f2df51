using DarkPool.Attestation;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Keys;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Server;

/// <summary>What an enclave is made of, before a host connects.</summary>
internal sealed record EnclaveContext
{
    public required Genesis Genesis { get; init; }

    public required EnclaveKeys Keys { get; init; }

    public required IEvidenceProvider Provider { get; init; }

    public required TimeProvider Clock { get; init; }

    public required EnclaveLog Log { get; init; }

    /// <summary>Hash of the policy by which peers are judged; zeros: there are none.</summary>
    public Bytes32 PeerPolicyHash { get; init; }

    /// <summary>The enclave's own view of the chain; null if it was started for replay only.</summary>
    public required ChainView? Chain { get; init; }

    /// <summary>The enclave's clock in microseconds since 1970.</summary>
    public long Now => (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
