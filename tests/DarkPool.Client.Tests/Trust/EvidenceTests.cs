using DarkPool.Attestation.Policies;
using DarkPool.Client.Tests.Scripted;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Trust;

public sealed class EvidenceTests
{
    [Fact]
    public async Task Nothing_is_sealed_to_an_enclave_that_the_policy_refuses()
    {
        using var venue = new ScriptedVenue();
        DarkPoolClientOptions options = venue.Options() with { Policy = new AttestationPolicy { Name = "nobody" } };

        DarkPoolException refused = await Assert.ThrowsAsync<DarkPoolException>(() => DarkPoolClient.ConnectAsync(options));

        Assert.Equal(DarkPoolError.EvidenceRefused, refused.Error);
        Assert.Equal(0, venue.Hellos);
        Assert.Empty(venue.Posts);
    }

    [Fact]
    public async Task Evidence_over_another_nonce_is_refused()
    {
        using var venue = new ScriptedVenue { StaleNonce = new Bytes32(new byte[32]) };

        DarkPoolException refused = await Assert.ThrowsAsync<DarkPoolException>(() => DarkPoolClient.ConnectAsync(venue.Options()));

        Assert.Equal(DarkPoolError.EvidenceRefused, refused.Error);
    }

    [Fact]
    public async Task A_deposit_tag_opens_inside_the_enclave_only_to_the_account()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();

        byte[] tag = await connected.Client.SealDepositTagAsync(connected.Session.Account);

        ScriptedEnclave enclave = connected.Venue.Enclave;
        Assert.True(DepositTag.TryOpen(tag, enclave.EncryptionKey, enclave.Genesis.VenueId, out AccountKey account));
        Assert.Equal(connected.Session.Account, account);
        using var stranger = Key.Create(KeyAgreementAlgorithm.X25519);
        Assert.False(DepositTag.TryOpen(tag, stranger, enclave.Genesis.VenueId, out _));
    }
}
