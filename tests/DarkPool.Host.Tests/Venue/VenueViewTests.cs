using DarkPool.EventStore.Facts;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Host.Tests.Venue;

public sealed class VenueViewTests
{
    [Fact]
    public void Every_source_of_a_feed_may_speak_until_it_is_dismissed()
    {
        var view = new VenueView().After(Set(1, 1, true)).After(Set(2, 2, true)).After(Set(3, 1, false));
        var facts = new VenueFacts();
        facts.Load(view);

        Assert.Equal((false, true), (facts.IsSource(7, Key(1)), facts.IsSource(7, Key(2))));
        Assert.False(facts.IsSource(8, Key(2)));
        Assert.True(view.Feeds.ContainsKey(7));
        Assert.Empty(view.After(Set(4, 2, false)).Feeds);
    }

    [Fact]
    public void A_command_that_lists_nothing_uses_up_its_sequence_too()
    {
        var view = new VenueView().After(Set(1, 1, true)).After(new GovernanceApplied(new GovernancePosition(2, 5, 0), 5));

        Assert.Equal(3UL, view.NextGovernanceSequence);
    }

    private static PriceSourceSet Set(ulong sequence, byte key, bool enabled) =>
        new(new GovernancePosition(sequence, 1, 0), 7, enabled, Key(key).ToArray());

    private static Bytes32 Key(byte fill) => new([.. Enumerable.Repeat(fill, 32)]);
}
