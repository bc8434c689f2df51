using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Testing.Tsm;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>A plain confidential VM: a SEV-SNP guest whose kernel gives reports in a folder, with the host's certificates.</summary>
internal sealed class FakeSevGuest : FakePlatform
{
    private readonly SyntheticAmd _amd = new();
    private readonly FakeKernelFolder _kernel;

    public FakeSevGuest() => _kernel = new FakeKernelFolder("sev_guest", data => _amd.Report(data), _amd.CertificateTable());

    public override string Provider => "tsm";

    public override string Path => _kernel.Path;

    /// <summary>Such a platform keeps no key for its guests.</summary>
    public override IReadOnlyList<string> MoreArguments => ["--ephemeral-keys"];

    public override AttestationPolicy Policy => _amd.Policy();

    public override AttestationPolicy OtherProgram => With(_amd.Policy(), "measurement", new string('5', 96));

    public override AttestationPolicy Production => _amd.Policy() with { DevelopmentAnchors = [] };

    public override Refusal ProductionRefusal => Refusal.UntrustedRoot;

    public override Collateral Collateral => _amd.Collateral(DateTimeOffset.UtcNow);

    public override Collateral Revoked => _amd.Collateral(DateTimeOffset.UtcNow, askIsRevoked: true);

    public override Refusal RevokedRefusal => Refusal.CertRevoked;

    public override Collateral Outdated => _amd.Collateral(DateTimeOffset.UtcNow.AddDays(-90));

    public override IReadOnlyList<Refusal> OutdatedRefusals => [Refusal.CrlExpired];

    public override ValueTask DisposeAsync()
    {
        _kernel.Dispose();
        return ValueTask.CompletedTask;
    }
}
