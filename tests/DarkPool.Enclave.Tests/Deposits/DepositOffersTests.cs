using System.Collections.Immutable;
using DarkPool.Chain.Deposits;
using DarkPool.Enclave.Deposits;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Enclave.Tests.Deposits;

/// <summary>Which deposits are offered when; time is the test's.</summary>
public class DepositOffersTests
{
    private static readonly EvmAddress Token = TestGenesis.AddressOf(7);
    private static readonly ImmutableHashSet<EvmAddress> Listed = [Token];

    private readonly ManualClock _clock = new();
    private readonly DepositOffers _offers;

    public DepositOffersTests()
    {
        _offers = new DepositOffers(_clock);
        _offers.StartAfter(0);
    }

    [Fact]
    public void What_was_offered_is_not_offered_again_before_its_time()
    {
        _offers.Add(Deposits(1, 3));
        Assert.Equal([1ul, 2, 3], Ids(new DepositProgress(0, Listed)));
        Assert.Empty(Ids(new DepositProgress(0, Listed)));
        _clock.Advance(DepositLimits.OfferAgainAfter);
        Assert.Equal([1ul, 2, 3], Ids(new DepositProgress(0, Listed)));
    }

    [Fact]
    public void What_the_log_has_is_forgotten()
    {
        _offers.Add(Deposits(1, 3));
        Ids(new DepositProgress(0, Listed));
        _clock.Advance(DepositLimits.OfferAgainAfter);
        Assert.Equal([3ul], Ids(new DepositProgress(2, Listed)));
    }

    [Fact]
    public void A_token_that_is_not_listed_holds_back_all_after_it()
    {
        _offers.Add([.. Deposits(1, 1), Deposit(2) with { Token = TestGenesis.AddressOf(9) }, Deposit(3)]);
        Assert.Equal([1ul], Ids(new DepositProgress(0, Listed)));
        Assert.Empty(Ids(new DepositProgress(1, Listed)));
        Assert.Equal([2ul, 3], Ids(new DepositProgress(1, Listed.Add(TestGenesis.AddressOf(9)))));
    }

    [Fact]
    public void Offers_stay_within_reach_of_the_log()
    {
        _offers.Add(Deposits(1, 1_000));
        Assert.Equal(DepositLimits.MaxOffersAhead, Ids(new DepositProgress(0, Listed)).Count);
        Assert.Equal([257ul, 258], Ids(new DepositProgress(2, Listed)));
    }

    private List<ulong> Ids(DepositProgress progress) => _offers.Take(progress).ConvertAll(deposit => deposit.Id);

    private static IEnumerable<VaultDeposit> Deposits(int first, int count) =>
        Enumerable.Range(first, count).Select(id => Deposit((ulong)id));

    private static VaultDeposit Deposit(ulong id) => new(id, Token, default, 1, new byte[84], 1, default, default, 0);

    private sealed class ManualClock : TimeProvider
    {
        private long _now = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
