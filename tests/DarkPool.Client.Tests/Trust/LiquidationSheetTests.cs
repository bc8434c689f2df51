using DarkPool.Client.Tests.Scripted;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Trust;

/// <summary>What the host shows of liquidations is what the enclave signed, all of it.</summary>
public sealed class LiquidationSheetTests
{
    [Fact]
    public async Task Sheets_of_the_enclave_that_follow_one_another_are_taken()
    {
        await using var connected = await ConnectedClient.OpenAsync();
        connected.Venue.Liquidations.AddRange([Sheet(connected, 3, 2), Sheet(connected, 5, 1)]);
        Assert.Equal([3UL, 5], (await connected.Client.GetLiquidationsAsync(2)).Select(sheet => sheet.First));
        Assert.Equal([3UL, 5], (await connected.Client.GetLiquidationsAsync(3)).Select(sheet => sheet.First));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(4UL)]
    public async Task A_sheet_that_does_not_follow_is_noticed(ulong after)
    {
        await using var connected = await ConnectedClient.OpenAsync();
        connected.Venue.Liquidations.Add(Sheet(connected, 3, 2));
        var refused = await Assert.ThrowsAsync<DarkPoolException>(() => connected.Client.GetLiquidationsAsync(after));
        Assert.Equal(DarkPoolError.ProtocolViolation, refused.Error);
    }

    [Fact]
    public async Task A_sheet_left_out_between_two_is_noticed()
    {
        await using var connected = await ConnectedClient.OpenAsync();
        connected.Venue.Liquidations.AddRange([Sheet(connected, 1, 2), Sheet(connected, 5, 1)]);
        await Assert.ThrowsAsync<DarkPoolException>(() => connected.Client.GetLiquidationsAsync(0));
    }

    [Fact]
    public async Task A_sheet_of_a_stranger_is_refused()
    {
        await using var connected = await ConnectedClient.OpenAsync();
        using var stranger = Key.Create(SignatureAlgorithm.Ed25519);
        connected.Venue.Liquidations.Add(Sheet(connected, 1, 2, stranger));
        await Assert.ThrowsAsync<DarkPoolException>(() => connected.Client.GetLiquidationsAsync(0));
    }

    private static byte[] Sheet(ConnectedClient connected, ulong first, byte count, Key? signer = null)
    {
        var rows = Enumerable.Range(1, count).Select(fill => new LiquidationRow(
            LoanKind.Pool, 1, 2, 3, 4, 5, 6, new Bytes32([.. Enumerable.Repeat((byte)fill, Bytes32.Size)])));
        var enclave = connected.Venue.Enclave;
        return new LiquidationSheet(1, 2, first, [.. rows]).Sign(signer ?? enclave.SigningKey, enclave.Genesis.VenueId);
    }
}
