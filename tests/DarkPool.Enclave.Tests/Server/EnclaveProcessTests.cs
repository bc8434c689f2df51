using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Server;

/// <summary>The executable over a Unix socket, as the host runs it.</summary>
public sealed class EnclaveProcessTests : IDisposable
{
    private readonly TestPlatform _platform = new();

    public void Dispose() => _platform.Dispose();

    [Fact]
    public async Task After_kill_9_the_log_gives_the_same_roots_and_signatures()
    {
        using var venue = SmallHistory(out var sealedKeys);
        await using var first = EnclaveChild.Start(_platform, "--replay-only");
        await using var firstLink = await first.ConnectAsync();
        await firstLink.RestoreAsync(default, sealedKeys);
        var before = await ReplayAsync(firstLink, venue.Log);
        await first.KillAsync();
        Assert.Equal(LinkErrorCode.Disconnected, (await firstLink.Gone).Code);

        await using var second = EnclaveChild.Start(_platform, "--replay-only");
        await using var secondLink = await second.ConnectAsync();
        var restored = await secondLink.RestoreAsync(default, sealedKeys);
        var after = await ReplayAsync(secondLink, venue.Log);

        Assert.Equal(0ul, restored.Block);
        Assert.Equal(before.Select(e => Convert.ToHexString(e.StateRoot)), after.Select(e => Convert.ToHexString(e.StateRoot)));
        Assert.Equal(before.Select(e => Convert.ToHexString(e.Signature)), after.Select(e => Convert.ToHexString(e.Signature)));
        Assert.Equal(venue.State.Venue.StateRoot.ToString(), Convert.ToHexStringLower(after[^1].StateRoot));
    }

    [Fact]
    public async Task After_kill_9_a_snapshot_and_the_tail_give_the_same_roots()
    {
        using var venue = SmallHistory(out var sealedKeys);
        await using var first = EnclaveChild.Start(_platform, "--replay-only");
        await using var firstLink = await first.ConnectAsync();
        await firstLink.RestoreAsync(default, sealedKeys);
        var before = await ReplayAsync(firstLink, venue.Log.Take(4));
        var snapshot = await firstLink.SnapshotAsync();
        before = [.. before, .. await ReplayAsync(firstLink, venue.Log.Skip(4))];
        await first.KillAsync();

        await using var second = EnclaveChild.Start(_platform, "--replay-only");
        await using var secondLink = await second.ConnectAsync();
        var restored = await secondLink.RestoreAsync(snapshot.Bytes, sealedKeys);
        var after = await ReplayAsync(secondLink, venue.Log.Skip(4));

        Assert.Equal((4ul, 4ul), (snapshot.Block, restored.Block));
        Assert.Equal(before[3].Head, restored.Head);
        Assert.Equal(before.Skip(4).Select(e => Convert.ToHexString(e.StateRoot)), after.Select(e => Convert.ToHexString(e.StateRoot)));
        Assert.NotEmpty(after);
    }

    [Fact]
    public async Task It_ends_with_its_host_and_says_so_without_a_secret()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, default);

        await link.DisposeAsync();

        var (code, errors) = await enclave.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains("the host has gone", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(File.ReadAllBytes(Directory.GetFiles(_platform.Folder, "*.key")[0])), errors,
            StringComparison.Ordinal);
        Assert.False(File.Exists(enclave.Endpoint.SocketPath));
    }

    [Fact]
    public async Task It_ends_cleanly_when_told_to()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, default);

        enclave.Terminate();

        var (code, errors) = await enclave.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains("told to stop", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_is_refused_and_the_first_goes_on()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, default);

        await using var second = await enclave.ConnectAsync();

        Assert.Equal(LinkErrorCode.AlreadyConnected, (await second.Gone).Code);
        Assert.Equal(1, (await link.StatusAsync()).State);
    }

    [Fact]
    public async Task A_broken_link_is_refused_by_name_and_ends_the_process()
    {
        using var venue = SmallHistory(out var sealedKeys);
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, sealedKeys);
        await link.ReplayAsync(venue.Log[0]);

        var refusal = await Assert.ThrowsAsync<LinkException>(() => link.ReplayAsync(venue.Log[2]));

        Assert.Equal(LinkErrorCode.BrokenLink, refusal.Code);
        Assert.Contains("block 3", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await enclave.EndAsync()).Code);
    }

    [Fact]
    public async Task Evidence_binds_the_claims_to_the_nonce()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, default);
        var nonce = new byte[32];
        nonce[0] = 7;

        var answer = await link.IdentifyAsync(nonce);

        Assert.True(EnclaveIdentity.TryRead(answer.Claims, out var identity));
        Assert.Equal(1u, identity.KeyEpoch);
        Assert.Equal(TestGenesis.Genesis.GenesisHead, identity.AnchoredHead);
        var evidence = new Evidence(answer.Provider, answer.Evidence);
        var expected = ReportData.Compute(identity, TestGenesis.Genesis.VenueId, new Bytes32(nonce));
        Assert.True(EvidenceVerifier.Verify(evidence, AttestationPolicy.Development, expected, TimeProvider.System.GetUtcNow()).Accepted);
        nonce[0] = 8;
        var other = ReportData.Compute(identity, TestGenesis.Genesis.VenueId, new Bytes32(nonce));
        Assert.False(EvidenceVerifier.Verify(evidence, AttestationPolicy.Development, other, TimeProvider.System.GetUtcNow()).Accepted);
    }

    [Fact]
    public async Task Without_a_chain_it_never_goes_live()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        await link.RestoreAsync(default, default);

        Assert.Equal(LiveState.ReplayOnly, (await link.GoLiveAsync()).State);

        var refusal = await Assert.ThrowsAsync<LinkException>(() => link.ExecuteAsync(new byte[112]));
        Assert.Equal(LinkErrorCode.UnexpectedMessage, refusal.Code);
    }

    [Fact]
    public async Task Without_a_chain_and_without_replay_only_it_does_not_start()
    {
        await using var enclave = EnclaveChild.Start(_platform);

        var (code, errors) = await enclave.EndAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("--chain", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_epochs_rotate_and_come_back_sealed()
    {
        await using var enclave = EnclaveChild.Start(_platform, "--replay-only");
        await using var link = await enclave.ConnectAsync();
        var restored = await link.RestoreAsync(default, default);
        var rotated = await link.RotateKeysAsync();
        Assert.Equal(2u, rotated.Epoch);
        await enclave.KillAsync();

        await using var again = EnclaveChild.Start(_platform, "--replay-only");
        await using var secondLink = await again.ConnectAsync();
        await secondLink.RestoreAsync(default, rotated.SealedKeys);
        Assert.Equal(2u, (await secondLink.StatusAsync()).KeyEpoch);

        await using var third = EnclaveChild.Start(_platform, "--replay-only");
        await using var thirdLink = await third.ConnectAsync();
        restored.SealedKeys[^1] ^= 1;
        var refusal = await Assert.ThrowsAsync<LinkException>(() => thirdLink.RestoreAsync(default, restored.SealedKeys));
        Assert.Equal(LinkErrorCode.KeysRefused, refusal.Code);
    }

    private TestVenue SmallHistory(out byte[] sealedKeys)
    {
        var venue = TestVenue.Listed(_platform);
        using var seller = venue.JoinFunded(21);
        using var buyer = venue.JoinFunded(22);
        venue.Run(seller.Place(1, Side.Sell, 100, 30), buyer.Place(9, Side.Buy, 101, 50));
        sealedKeys = venue.Keys.Epochs.Seal(venue.Keys.Seal, TestGenesis.Genesis.VenueId);
        return venue;
    }

    private static async Task<BlockExecution[]> ReplayAsync(EnclaveLink link, IEnumerable<byte[]> log) =>
        await Task.WhenAll(log.Select(block => link.ReplayAsync(block)));
}
