using DarkPool.Engine.Lending;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>What waits to be published leaves once, bounded, in an order that says nothing.</summary>
public sealed class PublicationTests
{
    [Fact]
    public void Sales_leave_by_commitment_the_oldest_first_and_numbered_without_gaps()
    {
        var publication = new PublicLiquidations();
        var random = new Random(3);
        var bytes = new byte[Digest.Size];
        for (var sale = 0; sale < PublicLiquidations.MaxPerSheet + 5; sale++)
        {
            random.NextBytes(bytes);
            publication.Add(new PublicLiquidation(LoanKind.Pool, 1, 2, sale, 4, 5, 6, new Digest(bytes)));
        }

        var first = publication.Take(out var number);
        Assert.Equal((1UL, PublicLiquidations.MaxPerSheet), (number, first.Length));
        Assert.Equal(Enumerable.Range(0, first.Length), first.Select(row => (int)row.Ticks).Order());
        var commitments = first.Select(row => $"{row.Commitment}").ToList();
        Assert.Equal(commitments.Order(StringComparer.Ordinal), commitments);
        Assert.Equal(5, publication.Take(out number).Length);
        Assert.Equal(PublicLiquidations.MaxPerSheet + 1UL, number);
        Assert.Empty(publication.Take(out number));
        Assert.Equal(PublicLiquidations.MaxPerSheet + 6UL, number);
    }
}
