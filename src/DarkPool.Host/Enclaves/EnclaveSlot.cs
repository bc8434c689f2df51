using DarkPool.Host.Requests;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Enclaves;

/// <summary>The enclave that serves now, if any: set when it has gone live, empty while it is restored.</summary>
internal sealed class EnclaveSlot
{
    private volatile EnclaveLink? _current;
    private volatile Attestation? _identity;

    /// <summary>The live enclave; null while there is none.</summary>
    internal EnclaveLink? Current => _current is { Gone.IsCompleted: false } link ? link : null;

    /// <summary>What the enclave claimed when it went live; null while there is none.</summary>
    internal Attestation? Identity => Current is null ? null : _identity;

    internal void Set(EnclaveLink link, Attestation identity)
    {
        _identity = identity;
        _current = link;
    }

    internal void Clear() => _current = null;
}
