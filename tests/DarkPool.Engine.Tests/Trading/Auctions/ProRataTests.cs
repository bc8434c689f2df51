using DarkPool.Engine.Trading.Auctions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Auctions;

public sealed class ProRataTests
{
    private static readonly Arbitrary<(ulong Lots, ulong[] Wanted)> Cases = Arb.From(
        from wanted in Gen.Choose(1, 50).Select(lots => (ulong)lots).NonEmptyListOf()
        from lots in Gen.Choose(0, 400)
        select ((ulong)lots, wanted.ToArray()));

    [Fact]
    public void A_firm_up_of_40000_and_50000_against_75000_gives_33300_and_41700_in_board_lots_of_100() =>
        Assert.Equal([333UL, 417UL], Share(750, [new Claim(400, 1), new Claim(500, 2)]));

    [Fact]
    public void Equal_remainders_go_to_the_older() =>
        Assert.Equal([1UL, 2UL, 2UL], Share(5, [new Claim(3, 9), new Claim(3, 2), new Claim(3, 1)]));

    [Property(MaxTest = 2_000)]
    public Property All_is_given_and_nobody_gets_more_than_wanted_or_a_lot_off_the_exact_share() => Prop.ForAll(Cases, @case =>
    {
        var wanted = (ulong)@case.Wanted.Sum(lots => (long)lots);
        var given = Share(@case.Lots, Claims(@case.Wanted));
        Assert.Equal(Math.Min(@case.Lots, wanted), (ulong)given.Sum(lots => (long)lots));
        for (var i = 0; i < given.Length; i++)
        {
            Assert.True(given[i] <= @case.Wanted[i]);
            var exact = Math.Min(@case.Lots, wanted) * @case.Wanted[i];
            Assert.InRange(given[i], exact / wanted, (exact + wanted - 1) / wanted);
        }
    });

    [Property(MaxTest = 2_000)]
    public Property The_order_of_the_claims_does_not_matter() => Prop.ForAll(Cases, @case =>
    {
        var forwards = Share(@case.Lots, Claims(@case.Wanted));
        Claim[] reversed = [.. Claims(@case.Wanted).Reverse()];
        Assert.Equal(forwards, Share(@case.Lots, reversed).Reverse());
    });

    private static Claim[] Claims(ulong[] wanted) => [.. wanted.Select((lots, index) => new Claim(lots, (ulong)index))];

    private static ulong[] Share(ulong lots, Claim[] claims)
    {
        ProRata.Share(lots, claims, new ProRata.Remainder[claims.Length]);
        return [.. claims.Select(claim => claim.Given)];
    }
}
