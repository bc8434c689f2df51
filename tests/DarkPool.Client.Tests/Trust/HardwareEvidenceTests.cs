using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Testing.Tsm;
using DarkPool.Attestation.Tsm;
using DarkPool.Client.Tests.Scripted;
using DarkPool.Client.Trust;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Tests.Trust;

public sealed class HardwareEvidenceTests
{
    private readonly SyntheticIntel _intel = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Evidence_of_hardware_is_judged_with_the_collateral_of_the_source()
    {
        using ScriptedVenue venue = Venue();
        var source = new FixedSource(_intel.Collateral());
        await using DarkPoolClient client = await DarkPoolClient.ConnectAsync(Options(venue, source));

        Assert.Equal(EvidenceKind.Tdx, client.Enclave.Facts.Kind);
        Assert.Equal(TcbStatus.UpToDate, client.Enclave.Facts.TcbStatus);
        Assert.Equal($"tdx-{SyntheticIntel.Fmspc.ToUpperInvariant()}-platform", source.Asked?.Key);
    }

    [Fact]
    public async Task Without_collateral_nothing_is_sealed()
    {
        using ScriptedVenue venue = Venue();
        await AssertRefusedAsync(venue, Options(venue, null), DarkPoolError.EvidenceRefused, nameof(Refusal.MissingCrl));
    }

    [Fact]
    public async Task A_source_that_is_away_is_told_and_nothing_is_sealed()
    {
        using ScriptedVenue venue = Venue();
        await AssertRefusedAsync(venue, Options(venue, new FixedSource(null)), DarkPoolError.CollateralUnavailable, "away");
    }

    [Fact]
    public async Task A_revoked_platform_is_refused_and_nothing_is_sealed()
    {
        using ScriptedVenue venue = Venue();
        _intel.PckIsRevoked = true;
        var source = new FixedSource(_intel.Collateral());
        await AssertRefusedAsync(venue, Options(venue, source), DarkPoolError.EvidenceRefused, nameof(Refusal.CertRevoked));
    }

    [Fact]
    public async Task An_enclave_that_hands_its_keys_to_peers_unknown_to_the_policy_is_refused()
    {
        using ScriptedVenue venue = Venue();
        venue.Enclave.PeerPolicyHash = new Bytes32(AttestationPolicy.Development.Hash.Span);
        DarkPoolClientOptions options = Options(venue, new FixedSource(_intel.Collateral()));
        await AssertRefusedAsync(venue, options, DarkPoolError.EvidenceRefused, nameof(Refusal.PeerPolicyNotAllowed));

        AttestationPolicy named = options.Policy with
        {
            PeerPolicies = [Convert.ToHexStringLower(AttestationPolicy.Development.Hash.Span)],
        };
        EnclaveExamination seen = await DarkPoolClient.ExamineEnclaveAsync(options with { Policy = named, Handler = Keep(venue) });
        Assert.True(seen.Verdict.Accepted, seen.Verdict.ToString());
    }

    [Fact]
    public async Task An_enclave_that_judges_its_peers_by_the_clients_own_policy_is_accepted()
    {
        using ScriptedVenue venue = Venue();
        DarkPoolClientOptions options = Options(venue, new FixedSource(_intel.Collateral()));
        venue.Enclave.PeerPolicyHash = new Bytes32(options.Policy.Hash.Span);
        EnclaveExamination seen = await DarkPoolClient.ExamineEnclaveAsync(options);
        Assert.True(seen.Verdict.Accepted, seen.Verdict.ToString());
    }

    private ScriptedVenue Venue() => new() { Platform = new TsmProvider(new KernelModel("tdx_guest", data => _intel.TdxQuote(data))) };

    private DarkPoolClientOptions Options(ScriptedVenue venue, ICollateralSource? source) =>
        venue.Options() with { Policy = _intel.Policy(), Collateral = source, Handler = Keep(venue) };

    /// <summary>A client disposes its handler; the venue is asked more than once here.</summary>
    private static Func<HttpMessageHandler> Keep(ScriptedVenue venue) => () => new Passing(venue);

    private static async Task AssertRefusedAsync(ScriptedVenue venue, DarkPoolClientOptions options, DarkPoolError error, string reason)
    {
        DarkPoolException refused = await Assert.ThrowsAsync<DarkPoolException>(() => DarkPoolClient.ConnectAsync(options));
        Assert.Equal(error, refused.Error);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, venue.Hellos);
        Assert.Empty(venue.Posts);
    }

    private sealed class Passing(ScriptedVenue venue) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(venue, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _inner.SendAsync(request, cancellationToken);
    }

    /// <summary>Gives what it has; null: it is away.</summary>
    private sealed class FixedSource(Collateral? collateral) : ICollateralSource
    {
        public CollateralNeeds? Asked { get; private set; }

        public ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
        {
            Asked = needs;
            return collateral is null ? throw new IOException("The source is away.") : ValueTask.FromResult(collateral);
        }
    }
}
