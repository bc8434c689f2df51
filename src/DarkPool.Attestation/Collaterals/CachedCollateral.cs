namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Keeps what a source gave in a folder, one subfolder per platform, which <see cref="DirectoryCollateral"/> reads too. Asks again when
/// it is older than a limit; serves what it has when the source is away; offline it never asks. Whether what it serves is still valid
/// is the verifier's business, not its.
/// </summary>
public sealed class CachedCollateral : ICollateralSource, IDisposable
{
    /// <summary>Intel reissues monthly and on incidents: a day is how long an incident may go unnoticed.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(1);

    private readonly ICollateralSource? _source;
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _maxAge;
    private readonly SemaphoreSlim _fetching = new(1, 1);

    /// <summary>A cache.</summary>
    /// <param name="source">Asked when something is missing or old; null: offline.</param>
    /// <param name="folder">Made if missing.</param>
    /// <param name="clock">Tells the age of what is kept.</param>
    /// <param name="maxAge">Null: <see cref="DefaultMaxAge"/>.</param>
    public CachedCollateral(ICollateralSource? source, string folder, TimeProvider clock, TimeSpan? maxAge = null)
    {
        _source = source;
        _folder = folder;
        _clock = clock;
        _maxAge = maxAge ?? DefaultMaxAge;
    }

    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        var own = Path.Combine(_folder, needs.Key);
        if (_source is null || IsFresh(own)) return CollateralFiles.Read(own);
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh(own)) return CollateralFiles.Read(own);
            var fetched = await _source.GetAsync(needs, cancellationToken);
            CollateralFiles.Write(own, fetched);
            File.SetLastWriteTimeUtc(Stamp(own), _clock.GetUtcNow().UtcDateTime);
            return fetched;
        }
        catch (IOException) when (Directory.Exists(own))
        {
            return CollateralFiles.Read(own);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Ends the use of the cache; what is kept stays.</summary>
    public void Dispose() => _fetching.Dispose();

    /// <summary>A file whose time is that of the last fetch.</summary>
    private static string Stamp(string folder)
    {
        var stamp = Path.Combine(folder, ".fetched");
        if (!File.Exists(stamp)) File.WriteAllBytes(stamp, []);
        return stamp;
    }

    private bool IsFresh(string folder)
    {
        var stamp = new FileInfo(Path.Combine(folder, ".fetched"));
        var age = _clock.GetUtcNow() - stamp.LastWriteTimeUtc;
        return stamp.Exists && age >= TimeSpan.Zero && age < _maxAge;
    }
}
