using System.Security.Cryptography;
using System.Text.Json;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Agents;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>A ROFL application: keys from the daemon's socket, its registration from a node's answer.</summary>
internal sealed class FakeRofl : FakePlatform
{
    private readonly RoflAppdServer _appd = new(SHA256.HashData("rofl root"u8));

    public override string Provider => "rofl";

    public override string Path => _appd.SocketPath;

    /// <summary>No chain yet.</summary>
    public FakeRofl() => _appd.Chain = _ => RoflAppdServer.Fail("core", 1, "no chain");

    /// <summary>Takes the transactions that the daemon is to sign.</summary>
    public Func<JsonElement, byte[]>? Chain
    {
        set => _appd.Chain = value;
    }

    public override AttestationPolicy Policy { get; } = new()
    {
        Name = "fake ROFL",
        Providers = ["rofl"],
        // A busy machine may take its time between a statement and the look at it.
        StatementMaxAge = TimeSpan.FromHours(1),
        Measurements =
        [
            new MeasurementRule
            {
                Name = "the application",
                Kind = EvidenceKind.Rofl,
                Values = new SortedDictionary<string, string> { ["appid"] = RoflAppdServer.AppId },
            },
        ],
    };

    public override AttestationPolicy OtherProgram => Policy with
    {
        Measurements =
        [
            new MeasurementRule
            {
                Name = "another key",
                Kind = EvidenceKind.Rofl,
                Values = new SortedDictionary<string, string> { ["evidencekey"] = new string('e', 64) },
            },
        ],
    };

    /// <summary>On ROFL the chain is the root: a policy for a platform of hardware does not look at its statements.</summary>
    public override AttestationPolicy Production => Policy with { Providers = ["tsm", "dstack"] };

    public override Refusal ProductionRefusal => Refusal.ProviderNotAllowed;

    public override Collateral Collateral => new() { RoflInstances = RoflAppdServer.InstancesOf(_appd.EvidenceKey) };

    /// <summary>The chain has dropped the registration.</summary>
    public override Collateral Revoked => new() { RoflInstances = RoflAppdServer.InstancesOf(null) };

    public override Refusal RevokedRefusal => Refusal.NotRegistered;

    /// <summary>As the node answered when another key was registered.</summary>
    public override Collateral Outdated => new() { RoflInstances = RoflAppdServer.InstancesOf(new string('0', 64)) };

    public override IReadOnlyList<Refusal> OutdatedRefusals => [Refusal.NotRegistered];

    public override ValueTask DisposeAsync() => _appd.DisposeAsync();
}
