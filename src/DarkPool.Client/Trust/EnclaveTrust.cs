namespace DarkPool.Client.Trust;

/// <summary>Remembers the enclave that was verified, and verifies the one that serves now when that is too long ago.</summary>
internal sealed class EnclaveTrust(EnclaveExaminer examiner, TimeProvider time) : IDisposable
{
    /// <summary>Evidence older than this is asked for again before something new is sealed: key epochs and measurements change.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile VerifiedEnclave? _current;

    /// <summary>The enclave that was verified last.</summary>
    public VerifiedEnclave Current => _current ?? throw new InvalidOperationException("No enclave has been verified.");

    /// <summary>An enclave verified not long ago.</summary>
    /// <exception cref="DarkPoolException">The evidence is refused.</exception>
    public async Task<VerifiedEnclave> FreshAsync(CancellationToken cancellation)
    {
        if (_current is { } current && time.GetUtcNow() - current.VerifiedAt < MaxAge)
            return current;
        return await RefreshAsync(_current, cancellation);
    }

    /// <summary>Verifies the enclave that serves now, unless another caller has done it since <paramref name="known"/> was read.</summary>
    /// <exception cref="DarkPoolException">The evidence is refused.</exception>
    public async Task<VerifiedEnclave> RefreshAsync(VerifiedEnclave? known, CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation);
        try
        {
            if (_current is { } newer && !ReferenceEquals(newer, known))
                return newer;
            return _current = await VerifyAsync(cancellation);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async Task<VerifiedEnclave> VerifyAsync(CancellationToken cancellation)
    {
        EnclaveExamination examination = await examiner.ExamineAsync(cancellation);
        if (!examination.Verdict.Accepted)
            throw new DarkPoolException(DarkPoolError.EvidenceRefused, $"The enclave's evidence was {examination.Verdict}");
        return new VerifiedEnclave(
            examination.Identity, examination.VenueId, examination.Evidence.Provider, examination.Verdict.Facts!, examination.JudgedAt);
    }
}
