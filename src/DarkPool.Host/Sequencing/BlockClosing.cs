using DarkPool.Host.Hosting;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// When a block closes: when it is full; or when nothing is being written and its first entry has lingered; or, with nothing to write,
/// after the idle pause. So an append in flight gathers the next block, and a lone envelope waits a few milliseconds at most.
/// </summary>
internal sealed class BlockClosing(BlockSettings settings, Intake intake, DepositOffers offers, TimeProvider time)
{
    private long _lastSealed = time.GetTimestamp();
    private int _unwritten;

    /// <summary>Waits until the next block should close.</summary>
    /// <param name="gone">Ends when the enclave is gone.</param>
    /// <param name="draining">Asks to write what waits, without pauses, and then to end.</param>
    /// <param name="end">Asks to end at once.</param>
    /// <returns>False if there is no next block.</returns>
    internal async ValueTask<bool> WaitAsync(Task<LinkException> gone, CancellationToken draining, CancellationToken end)
    {
        while (true)
        {
            if (gone.IsCompleted || end.IsCancellationRequested) return false;
            if (intake.FillsBlock) return true;
            var writing = Volatile.Read(ref _unwritten) > 0;
            if (offers.Any || !intake.IsEmpty)
            {
                var linger = settings.Linger - intake.Waited;
                if (!writing && (linger <= TimeSpan.Zero || offers.Any || draining.IsCancellationRequested)) return true;
                await intake.WaitForFullAsync(writing ? settings.Idle : linger);
            }
            else
            {
                if (draining.IsCancellationRequested && intake.TryEnd()) return false;
                var idle = settings.Idle - time.GetElapsedTime(Volatile.Read(ref _lastSealed));
                if (!writing && idle <= TimeSpan.Zero) return true;
                await intake.WaitForAnyAsync(writing ? settings.Idle : idle);
            }
        }
    }

    /// <summary>A block was closed and is on its way to the store.</summary>
    internal void Sealed()
    {
        Interlocked.Increment(ref _unwritten);
        Volatile.Write(ref _lastSealed, time.GetTimestamp());
    }

    /// <summary>A block is durable: the next one may close.</summary>
    internal void Written()
    {
        if (Interlocked.Decrement(ref _unwritten) == 0) intake.Wake();
    }
}
