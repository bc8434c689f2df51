using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Testing.Tsm;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Peers;

/// <summary>
/// SEV-SNP guests without a key service, their kernel FAKED: the keys of the venue live as long as one enclave does that can hand them on.
/// </summary>
public sealed class PlainMachineTests : IDisposable
{
    private readonly SyntheticAmd _amd = new();
    private readonly FakeKernelFolder _kernel;
    private readonly TestPlatform _first = new();
    private readonly TestPlatform _second = new();

    public PlainMachineTests() => _kernel = new FakeKernelFolder("sev_guest", data => _amd.Report(data), _amd.CertificateTable());

    public void Dispose()
    {
        _kernel.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task A_joining_enclave_is_the_same_venue_as_the_one_that_made_the_keys()
    {
        var address = _first.NewEndpoint();
        await using var giver = Start(_first, "--ephemeral-keys", "--peer-listen", address.Text);
        await using var firstHost = await giver.ConnectAsync();
        var sealedKeys = (await firstHost.RestoreAsync(default, default)).SealedKeys;
        var first = await ClaimsAsync(firstHost);

        await using (var joiner = Start(_second, "--join", address.Text))
        {
            await using var secondHost = await joiner.ConnectAsync();
            await secondHost.RestoreAsync(default, sealedKeys);
            Assert.Equal(first, await ClaimsAsync(secondHost));
        }

        await giver.KillAsync();
        await using var orphan = Start(_second, "--join", address.Text);
        var (code, errors) = await orphan.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("cannot be reached", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("handed-over.keys", Directory.GetFiles(_second.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task It_starts_only_with_a_peer_or_with_keys_that_die()
    {
        await using var enclave = EnclaveChild.StartOn(_first, "tsm", "--replay-only", "--platform", _kernel.Path);

        var (code, errors) = await enclave.EndAsync();

        Assert.Equal(2, code);
        Assert.Contains("--join", errors, StringComparison.Ordinal);
        Assert.Contains("--ephemeral-keys", errors, StringComparison.Ordinal);
    }

    private EnclaveChild Start(TestPlatform platform, params string[] more)
    {
        var policy = Path.Combine(platform.Folder, "policy.json");
        File.WriteAllText(policy, _amd.Policy().ToString());
        var collateral = Path.Combine(platform.Folder, "collateral.json");
        File.WriteAllBytes(collateral, FileCollateral.Format(_amd.Collateral(DateTimeOffset.UtcNow)));
        return EnclaveChild.StartOn(
            platform, "tsm",
            ["--replay-only", "--platform", _kernel.Path, "--peer-policy", policy, "--collateral", collateral, .. more]);
    }

    private static async Task<EnclaveIdentity> ClaimsAsync(EnclaveLink host)
    {
        Assert.True(EnclaveIdentity.TryRead((await host.IdentifyAsync(new byte[32])).Claims, out var claims));
        return claims;
    }
}
