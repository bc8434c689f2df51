namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Where collateral comes from, as a command line says: files, folders, caching services; without any, the makers' services behind a cache.
/// </summary>
public sealed class CollateralPlaces : ICollateralSource, IDisposable
{
    /// <summary>The makers' services answer within seconds or not at all.</summary>
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { Timeout = RequestLimit };
    private readonly List<IDisposable> _owned = [];
    private readonly CombinedCollateral _source;

    private CollateralPlaces(CollateralArguments arguments, TimeProvider time)
    {
        _owned.Add(_http);
        var sources = new List<ICollateralSource>();
        var services = new List<ICollateralSource>();
        foreach (string place in arguments.Places)
        {
            if (Uri.TryCreate(place, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
                services.AddRange(Service(new Uri(address.AbsoluteUri.TrimEnd('/') + "/")));
            else if (Directory.Exists(place))
                sources.Add(new DirectoryCollateral(place));
            else
                sources.Add(File.Exists(place) ? new FileCollateral(place) : throw new FormatException($"No collateral is at {place}."));
        }
        if (arguments.Offline && services.Count > 0)
            throw new FormatException("--offline asks no service: name files or folders with --collateral.");
        if (arguments.Places.Count == 0 && !arguments.Offline)
        {
            services.Add(new PccsCollateral(_http, PccsCollateral.IntelService, PccsCollateral.IntelRootCrl));
            services.Add(new KdsCollateral(_http, KdsCollateral.AmdService));
        }
        if (services.Count > 0 || (arguments.Offline && arguments.Places.Count == 0))
            sources.Add(Cached(services, arguments.Cache ?? StandardCache, time));
        _source = new CombinedCollateral(sources);
    }

    /// <summary>What was handed out last; null if nothing was asked for.</summary>
    public Collateral? Last { get; private set; }

    /// <summary>The user's folder for what services answered.</summary>
    private static string StandardCache => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "darkpool", "collateral");

    /// <summary>Opens the places that are named.</summary>
    /// <exception cref="FormatException">A place does not exist, or is a service although none may be asked.</exception>
    public static CollateralPlaces Open(CollateralArguments arguments, TimeProvider time) => new(arguments, time);

    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        Last = await _source.GetAsync(needs, cancellationToken);
        return Last;
    }

    /// <summary>Closes connections; what is cached stays.</summary>
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    /// <summary>One address may serve both shapes: which is asked depends on the evidence.</summary>
    private IEnumerable<ICollateralSource> Service(Uri address) => [new PccsCollateral(_http, address), new KdsCollateral(_http, address)];

    private CachedCollateral Cached(List<ICollateralSource> services, string folder, TimeProvider time)
    {
        var cached = new CachedCollateral(services.Count == 0 ? null : new CombinedCollateral(services), folder, time);
        _owned.Add(cached);
        return cached;
    }
}

/// <summary>The options that say where collateral comes from.</summary>
/// <param name="Places">Files, folders and addresses, the first that has a member wins; none: the makers' services.</param>
/// <param name="Cache">Folder for what services answer; null: that of the user.</param>
/// <param name="Offline">No service is asked.</param>
public sealed record CollateralArguments(IReadOnlyList<string> Places, string? Cache, bool Offline);
