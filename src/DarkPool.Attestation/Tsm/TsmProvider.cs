using System.Globalization;
using System.Text;
using DarkPool.Attestation.Bundles;

namespace DarkPool.Attestation.Tsm;

/// <summary>
/// Evidence on a plain confidential VM with Linux 6.7 or later: TDX quotes and SEV-SNP reports from <c>configfs-tsm</c>. Such a platform
/// keeps no key for its guests.
/// </summary>
public sealed class TsmProvider : IEvidenceProvider
{
    /// <summary>The name of this provider.</summary>
    public const string ProviderName = "tsm";

    /// <summary>How often a request is made again when another process wrote into it; each has its own folder, so this is rare.</summary>
    private const int MaxAttempts = 5;

    private readonly ITsmReports _reports;

    /// <summary>The interface of the running kernel.</summary>
    public TsmProvider()
        : this(new ConfigFsReports(ConfigFsReports.DefaultRoot))
    {
    }

    /// <summary>The interface of a kernel that is mounted elsewhere, as in a container.</summary>
    /// <param name="folder">The folder <c>tsm/report</c> of configfs.</param>
    public TsmProvider(string folder)
        : this(new ConfigFsReports(folder))
    {
    }

    internal TsmProvider(ITsmReports reports) => _reports = reports;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public ValueTask<Evidence> GetEvidenceAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken)
    {
        Evidence.RequireReportData(reportData.Span);
        var name = $"darkpool-{Guid.NewGuid():n}";
        try
        {
            _reports.Create(name);
            try
            {
                return ValueTask.FromResult(new Evidence(Name, Request(name, reportData.Span, cancellationToken).ToBytes()));
            }
            finally
            {
                _reports.Delete(name);
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The kernel's TSM reports may be requested by root only.", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> GetRootKeyAsync(string purpose, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A plain confidential VM keeps no key for its guests.");

    /// <summary>
    /// Writes the report data and reads what the platform made of it. The generation counts writes: if it is not exactly one higher
    /// afterwards, the report may be of somebody else's data.
    /// </summary>
    private EvidenceBundle Request(string name, ReadOnlySpan<byte> reportData, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = Generation(name);
            _reports.Write(name, "inblob", reportData);
            var report = _reports.Read(name, "outblob") ?? throw new IOException("The kernel gave no report.");
            var auxiliary = _reports.Read(name, "auxblob") ?? [];
            if (Generation(name) == before + 1) return Bundle(Text(name, "provider"), report, auxiliary);
        }

        throw new IOException("The report request was disturbed again and again by another process.");
    }

    private static EvidenceBundle Bundle(string platform, byte[] report, byte[] auxiliary) => platform switch
    {
        "tdx_guest" => new EvidenceBundle().With(EvidencePart.DcapQuote, report),
        "sev_guest" when auxiliary.Length == 0 => new EvidenceBundle().With(EvidencePart.SnpReport, report),
        "sev_guest" => new EvidenceBundle().With(EvidencePart.SnpReport, report).With(EvidencePart.SnpCertificates, auxiliary),
        _ => throw new IOException($"The kernel's TSM provider '{platform}' is neither tdx_guest nor sev_guest."),
    };

    private long Generation(string name) =>
        long.TryParse(Text(name, "generation"), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : throw new IOException("The kernel gave no generation.");

    private string Text(string name, string attribute) => Encoding.ASCII.GetString(_reports.Read(name, attribute) ?? []).Trim();
}
