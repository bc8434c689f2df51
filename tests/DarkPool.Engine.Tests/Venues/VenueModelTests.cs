using System.Numerics;
using DarkPool.Engine.Settlement;
using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The venue against the reference: every event, every balance, every settlement.</summary>
[Properties(Arbitrary = [typeof(VenueFlows)], MaxTest = 10)]
public sealed class VenueModelTests
{
    [Property]
    public void Every_event_balance_and_settlement_of_continuous_markets_is_that_of_the_reference(VenueFlow flow) => Compare(flow);

    [Property(Arbitrary = [typeof(CrossingFlows)], MaxTest = 6)]
    public void Every_event_balance_and_settlement_of_auctions_and_midpoint_markets_is_that_of_the_reference(VenueFlow flow) =>
        Compare(flow);

    private static void Compare(VenueFlow flow)
    {
        var driver = new VenueDriver();
        var reference = new ReferenceVenue(VenueFlows.Markets.ToDictionary(market => market.Number));
        reference.BeginBlock(VenueFlows.Start);
        var root = driver.Venue.StateRoot;
        foreach (var step in flow.Steps)
        {
            if (step.Action == VenueAction.NextBlock)
            {
                var settled = reference.Settlement.Close(reference.Now, VenueFlows.SettlementInterval);
                var outcome = driver.EndBlock();
                AssertSettlement(reference, settled, outcome.Batch);
                AssertBalances(reference, driver.Venue);
                Assert.Equal(reference.Changed || settled.Count != 0, root != outcome.StateRoot);
                (root, reference.Changed) = (outcome.StateRoot, reference.Halted.Count != 0);
            }

            driver.Events.Clear();
            reference.Events.Clear();
            ApplyBoth(driver, reference, step);
            Assert.Equal(reference.Events, driver.Events);
        }

        AssertBalances(reference, driver.Venue);
        AssertBooks(reference, driver);
    }

    /// <summary>When every account withdraws what it has open, all of it comes, the oldest first, and nothing stays held.</summary>
    private static void AssertBooks(ReferenceVenue reference, VenueDriver driver)
    {
        driver.Events.Clear();
        reference.Events.Clear();
        for (uint account = 0; account < VenueFlows.Accounts; account++)
        {
            driver.CancelAll(account);
            reference.CancelAll(account, null, null);
        }

        Assert.Equal(reference.Events, driver.Events);
        AssertBalances(reference, driver.Venue);
        Assert.Equal(0, driver.Venue.OpenOrderCount);
    }

    internal static void ApplyBoth(VenueDriver driver, ReferenceVenue reference, VenueStep step)
    {
        var answer = driver.AnswerOf(step);
        if (step.Action != VenueAction.NextBlock)
        {
            driver.Apply(step);
        }
        else
        {
            driver.BeginBlock(step.Microseconds);
            driver.ResumeAll();
        }
        reference.Place = (driver.Venue.Block, driver.Entry);
        switch (step.Action)
        {
            case VenueAction.Place:
                reference.PlaceOrder(step.Account, step.Order);
                break;
            case VenueAction.Cancel:
                reference.Cancel(step.Account, step.Order.ClientOrderId);
                break;
            case VenueAction.Replace:
                reference.Replace(step.Account, step.Order.ClientOrderId, step.Order.Price.Ticks, step.Order.Quantity.Lots);
                break;
            case VenueAction.NextBlock:
                reference.BeginBlock(new BlockTime(step.Microseconds));
                reference.Halted.Clear();
                break;
            case VenueAction.Halt:
                if (VenueFlows.Markets.All(market => market.Number != step.Order.Market)) break;
                reference.Halted.Add(step.Order.Market);
                reference.Changed = true;
                break;
            case VenueAction.CancelAll:
                var (scope, side) = VenueDriver.Scope(step);
                reference.CancelAll(step.Account, scope, side);
                break;
            case VenueAction.EndSession:
                reference.EndSession(step.Account, step.Order.Session);
                break;
            case VenueAction.Observe:
                (reference.Reference, reference.Changed) = ((VenueDriver.PriceOf(step), reference.Now), true);
                break;
            case VenueAction.Quote:
                var (bid, ask) = VenueDriver.QuoteOf(step);
                reference.Observe(bid, ask);
                break;
            case VenueAction.FirmUp:
                var (owner, id, lots) = answer;
                reference.FirmUp(owner, id, lots);
                break;
            case VenueAction.Charge:
                reference.Charge(VenueDriver.ChargedBy(step), VenueDriver.FeesOf(step));
                break;
            case VenueAction.Configure or VenueAction.Deny or VenueAction.Tier:
                Set(reference, step);
                break;
            case VenueAction.Query:
                Query(reference, step.Account);
                break;
            default:
                Deposit(driver, reference, step);
                break;
        }
    }

    private static void Set(ReferenceVenue reference, VenueStep step)
    {
        var (rules, other) = (reference.Rules[step.Account], VenueDriver.Other(step));
        var (tiers, way) = (VenueDriver.Tiers(step), (SelfTradePrevention)(byte)(step.Amount % 6));
        if (step.Action == VenueAction.Configure && (tiers == 0 || way > SelfTradePrevention.Decrement))
        {
            reference.Events.Add(new VenueEvent.Rejected(step.Account, 0, RejectionCode.InvalidSetting));
        }
        else if (step.Action == VenueAction.Tier && step.Account != VenueFlows.Operator)
        {
            reference.Events.Add(new VenueEvent.Rejected(step.Account, 0, RejectionCode.NotPermitted));
        }
        else if (step.Action == VenueAction.Deny)
        {
            reference.Changed |= step.Amount % 5 < 2 ? rules.Denied.Add(other) : rules.Denied.Remove(other);
        }
        else
        {
            reference.Changed = true;
            if (step.Action == VenueAction.Tier) reference.Rules[other].Tier = (byte)(step.Amount % 3);
            else (rules.SelfTrade, rules.Group, rules.Tiers) = (way, step.Amount % 3, tiers);
        }
    }

    private static void Query(ReferenceVenue reference, uint account)
    {
        foreach (var asset in VenueFlows.Assets.Select(asset => asset.Number).Where(asset => reference.Owned(account, asset) != 0))
        {
            var (available, held) = ((UInt128)reference.Available(account, asset), (UInt128)reference.Held(account, asset));
            reference.Events.Add(new VenueEvent.Balance(account, asset, available, held));
        }
    }

    private static void Deposit(VenueDriver driver, ReferenceVenue reference, VenueStep step)
    {
        var asset = (uint)(step.Amount % 3) + 1;
        var total = Enumerable.Range(0, VenueFlows.Accounts).Aggregate(BigInteger.Zero, (sum, account) =>
            sum + reference.Owned((uint)account, asset));
        if (step.Amount == 0 || total + step.Amount > UInt128.MaxValue) return;
        reference.Credit(step.Account, asset, step.Amount);
        reference.Changed = true;
        var available = (UInt128)reference.Available(step.Account, asset);
        reference.Events.Add(new VenueEvent.Deposited(step.Account, driver.Venue.LastDepositId, asset, step.Amount, available));
    }

    private static void AssertBalances(ReferenceVenue reference, Venue venue)
    {
        Assert.Equal(reference.OpenOrders, venue.OpenOrderCount);
        foreach (var asset in VenueFlows.Assets.Select(asset => asset.Number))
        {
            UInt128 sum = 0;
            for (uint account = 0; account < VenueFlows.Accounts; account++)
            {
                var (available, held) = venue.BalanceOf(account, asset);
                Assert.Equal((reference.Available(account, asset), reference.Held(account, asset)), (available, held));
                sum = checked(sum + available + held);
            }

            Assert.Equal(venue.DepositedOf(asset), sum);
        }
    }

    private static void AssertSettlement(ReferenceVenue reference, List<SettledMarket> expected, ClosedBatch? batch)
    {
        Assert.Equal(expected, batch?.Markets.ToList() ?? []);
        if (batch is null) return;
        var leaves = Enumerable.Range(0, VenueFlows.Accounts)
            .Select(account => (Key: VenueDriver.KeyOf((uint)account), Account: (uint)account))
            .OrderBy(account => Convert.ToHexString(account.Key), StringComparer.Ordinal)
            .Select(account => ReferenceSettlement.Entitlement(
                account.Key, VenueFlows.Assets.Select(asset => (asset.Number, reference.Owned(account.Account, asset.Number)))));
        Assert.Equal(new Digest(ReferenceSettlement.MerkleRoot([.. leaves])), batch.EntitlementRoot);
    }
}
