using DarkPool.Attestation.Policies;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Peers;

/// <summary>Two enclave processes on platforms with different root keys: one hands the venue to the other.</summary>
public sealed class HandoverTests
{
    private static readonly AttestationPolicy Policy = AttestationPolicy.Development;

    [Fact]
    public async Task The_second_enclave_opens_the_same_snapshot_and_log()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        var log = two.Venue.Log;
        var before = await ReplayAsync(two.Host, log.Take(4));
        var snapshot = await two.Host.SnapshotAsync();
        before = [.. before, .. await ReplayAsync(two.Host, log.Skip(4))];
        var rotated = await two.Host.RotateKeysAsync();

        await using var second = two.Join(Policy);
        await using var host = await second.ConnectAsync();
        // The host brings an old copy of the key epochs: what was handed over counts.
        var restored = await host.RestoreAsync(snapshot.Bytes, two.SealedKeys);
        var after = await ReplayAsync(host, log.Skip(4));

        Assert.Equal(4ul, restored.Block);
        Assert.Equal(before.Skip(4).Select(Text), after.Select(Text));
        Assert.NotEmpty(after);
        Assert.Equal((2u, 2u), (rotated.Epoch, (await host.StatusAsync()).KeyEpoch));
        Assert.Contains("handed the venue's keys to a peer: Simulated, program ", await two.StopGiverAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_handover_another_platform_opens_nothing()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        await using var stranger = EnclaveChild.Start(two.Second, "--replay-only");
        await using var host = await stranger.ConnectAsync();

        var refusal = await Assert.ThrowsAsync<LinkException>(() => host.RestoreAsync(default, two.SealedKeys));

        Assert.Equal(LinkErrorCode.KeysRefused, refusal.Code);
    }

    [Fact]
    public async Task What_was_handed_over_is_kept_sealed_and_outlives_the_giver()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        await using (var second = two.Join(Policy))
        {
            await using var host = await second.ConnectAsync();
            await host.RestoreAsync(default, two.SealedKeys);
        }

        await two.Giver.KillAsync();
        await using var again = two.Join(Policy);
        await using var hostAgain = await again.ConnectAsync();
        await hostAgain.RestoreAsync(default, two.SealedKeys);
        var replayed = await ReplayAsync(hostAgain, two.Venue.Log);

        Assert.Equal(two.Venue.State.Venue.StateRoot.ToString(), Convert.ToHexStringLower(replayed[^1].StateRoot));
        var kept = await File.ReadAllBytesAsync(Path.Combine(two.Second.Folder, "handed-over.keys"));
        foreach (var secret in two.Venue.Keys.Epochs.Export()) Assert.Equal(-1, kept.AsSpan().IndexOf(secret));

        kept[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(two.Second.Folder, "handed-over.keys"), kept);
        await using var spoilt = two.Join(Policy);
        var (code, errors) = await spoilt.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("was altered", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enclave_that_is_started_with_another_peer_policy_has_other_keys()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        await using (var second = two.Join(Policy))
        {
            await using var host = await second.ConnectAsync();
            await host.RestoreAsync(default, two.SealedKeys);
        }

        // Its host would like to choose to whom the keys go next.
        await using var lax = two.Join(Policy with { Name = "lax" });
        var (code, errors) = await lax.EndAsync();
        Assert.Equal(2, code);
        Assert.Contains("another platform, venue or peer policy", errors, StringComparison.Ordinal);
        await two.StopGiverAsync();

        await using var first = two.RestartGiver(Policy with { Name = "lax" });
        await using var firstHost = await first.ConnectAsync();
        var refusal = await Assert.ThrowsAsync<LinkException>(() => firstHost.RestoreAsync(default, two.SealedKeys));
        Assert.Equal(LinkErrorCode.KeysRefused, refusal.Code);
    }

    [Fact]
    public async Task Nothing_is_handed_over_before_a_host_has_restored_the_keys()
    {
        using var first = new TestPlatform();
        using var second = new TestPlatform();
        var (address, policy) = (first.NewEndpoint(), Path.Combine(first.Folder, "policy.json"));
        await File.WriteAllTextAsync(policy, Policy.ToString());
        await using var giver = EnclaveChild.Start(first, "--replay-only", "--peer-policy", policy, "--peer-listen", address.Text);
        await using var host = await giver.ConnectAsync();

        await using var joiner = EnclaveChild.Start(second, "--replay-only", "--peer-policy", policy, "--join", address.Text);

        var (code, errors) = await joiner.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("no host has restored this enclave yet", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--join")]
    [InlineData("--peer-listen")]
    public async Task Peers_need_a_policy(string option)
    {
        using var platform = new TestPlatform();
        await using var enclave = EnclaveChild.Start(platform, "--replay-only", option, platform.NewEndpoint().Text);

        var (code, errors) = await enclave.EndAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("--peer-policy", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_named()
    {
        using var platform = new TestPlatform();
        var (address, policy) = (platform.NewEndpoint(), Path.Combine(platform.Folder, "policy.json"));
        await File.WriteAllTextAsync(policy, Policy.ToString());
        await using var enclave = EnclaveChild.Start(platform, "--replay-only", "--peer-policy", policy, "--join", address.Text);

        var (code, errors) = await enclave.EndAsync();

        Assert.Equal(2, code);
        Assert.Contains($"the peer at {address.Text} cannot be reached", errors, StringComparison.Ordinal);
    }

    private static string Text(BlockExecution execution) =>
        $"{execution.Number} {Convert.ToHexString(execution.StateRoot)} {Convert.ToHexString(execution.Signature)}";

    private static async Task<BlockExecution[]> ReplayAsync(EnclaveLink link, IEnumerable<byte[]> log) =>
        await Task.WhenAll(log.Select(block => link.ReplayAsync(block)));
}
