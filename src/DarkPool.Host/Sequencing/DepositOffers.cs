using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Entries;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// Certificates that the enclave wants in the log. It repeats an offer until it has executed it, so every deposit is taken once by its id;
/// a new enclave starts afresh and offers exactly what the log lacks.
/// </summary>
internal sealed class DepositOffers
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _queue = new();
    private ulong _lastId;

    /// <summary>Whether certificates wait.</summary>
    internal bool Any
    {
        get { lock (_gate) return _queue.Count > 0; }
    }

    /// <summary>Takes an offer unless it was taken before.</summary>
    /// <param name="certificate">Data of the entry.</param>
    /// <param name="deposit">The deposit, if it is new.</param>
    /// <returns>Whether it is new.</returns>
    internal bool Offer(ReadOnlyMemory<byte> certificate, [NotNullWhen(true)] out DepositCertificate? deposit)
    {
        if (!DepositCertificate.TryRead(certificate.Span, out deposit)) return false;
        lock (_gate)
        {
            if (deposit.DepositId <= _lastId) return false;
            _lastId = deposit.DepositId;
            _queue.Enqueue(certificate);
            return true;
        }
    }

    /// <summary>Moves what waits into a block, as far as it fits.</summary>
    internal void MoveInto(BlockInFlight block)
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var certificate) && block.TryAppend(EntryKind.Deposit, certificate.Span)) _queue.Dequeue();
        }
    }

    /// <summary>Forgets everything: another enclave offers from its own state.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            _queue.Clear();
            _lastId = 0;
        }
    }
}
