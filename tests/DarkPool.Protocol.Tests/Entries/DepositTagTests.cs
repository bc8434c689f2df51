using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Protocol.Tests.Entries;

/// <summary>Sealed account tags of deposits.</summary>
public sealed class DepositTagTests
{
    private static readonly AccountKey Account = new(Fixture.Filled(0x99));

    [Fact]
    public void A_tag_opens_to_the_account_it_was_sealed_for()
    {
        using var key = Fixture.EnclaveEncryption();
        var tag = Seal();
        Assert.True(DepositTag.TryReadKeyEpoch(tag, out var epoch));
        Assert.Equal(7u, epoch);
        Assert.True(DepositTag.TryOpen(tag, key, Fixture.VenueId, out var account));
        Assert.Equal(Account, account);
        Assert.NotEqual(tag, Seal());
    }

    [Fact]
    public void A_tag_of_another_venue_key_or_length_does_not_open()
    {
        using var key = Fixture.EnclaveEncryption();
        using var other = Fixture.Exchange(0x56);
        var tag = Seal();
        Assert.False(DepositTag.TryOpen(tag, other, Fixture.VenueId, out _));
        Assert.False(DepositTag.TryOpen(tag, key, Fixture.Filled(1), out _));
        Assert.False(DepositTag.TryOpen(tag.AsSpan(1), key, Fixture.VenueId, out _));
        Assert.False(DepositTag.TryOpen([.. tag, 0], key, Fixture.VenueId, out _));
        Assert.False(DepositTag.TryReadKeyEpoch(tag.AsSpan(1), out _));
        Assert.False(DepositTag.TrySeal(7, default, Fixture.VenueId, Account, new byte[DepositTag.Size]));
    }

    [Fact]
    public void A_tag_with_any_bit_of_its_seal_flipped_does_not_open()
    {
        using var key = Fixture.EnclaveEncryption();
        var tag = Seal();
        for (var bit = 4 * 8; bit < tag.Length * 8; bit++)
        {
            tag[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(DepositTag.TryOpen(tag, key, Fixture.VenueId, out _));
            tag[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static byte[] Seal()
    {
        using var key = Fixture.EnclaveEncryption();
        var tag = new byte[DepositTag.Size];
        Assert.True(DepositTag.TrySeal(7, Fixture.PublicKeyOf(key), Fixture.VenueId, Account, tag));
        return tag;
    }
}
