using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.Attestation.Testing.Platforms;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>An application on dstack: TDX quotes and keys from the guest agent's socket.</summary>
internal sealed class FakeDstack : FakePlatform
{
    private const int Long = 90;

    private static readonly string Composition = new('c', 64);

    private readonly SyntheticIntel _intel = new(DateTimeOffset.UtcNow);
    private readonly DstackAgentServer _agent;

    public FakeDstack() => _agent = SyntheticDstack.Agent(_intel, SyntheticEventLog.Of(("compose-hash", Composition)));

    public override string Provider => "dstack";

    public override string Path => _agent.SocketPath;

    public override AttestationPolicy Policy => SyntheticDstack.Policy(_intel, Composition);

    public override AttestationPolicy OtherProgram => With(Policy, "compose-hash", new string('d', 64));

    public override AttestationPolicy Production => Policy with { DevelopmentAnchors = [] };

    public override Refusal ProductionRefusal => Refusal.UntrustedRoot;

    public override Collateral Collateral => _intel.Collateral();

    public override Collateral Revoked
    {
        get
        {
            _intel.Status = TcbStatus.Revoked;
            Collateral revoked = _intel.Collateral();
            _intel.Status = TcbStatus.UpToDate;
            return revoked;
        }
    }

    public override Refusal RevokedRefusal => Refusal.TcbStatusNotAllowed;

    public override Collateral Outdated => _intel.Collateral(publishedAt: DateTimeOffset.UtcNow.AddDays(-Long));

    public override IReadOnlyList<Refusal> OutdatedRefusals => [Refusal.CrlExpired, Refusal.TcbInfoExpired, Refusal.QeIdentityExpired];

    public override ValueTask DisposeAsync() => _agent.DisposeAsync();
}
