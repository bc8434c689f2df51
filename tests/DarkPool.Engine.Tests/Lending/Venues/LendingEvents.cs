using DarkPool.Engine.Lending;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Keeps what a venue told about loans, and of the rest what loans are tested with.</summary>
internal readonly struct LendingEvents() : IVenueSink, ILendingSink
{
    public List<(uint Account, RejectionCode Code)> Refusals { get; } = [];

    public List<(uint Account, PoolChange Change, bool ByOther)> Changes { get; } = [];

    public List<PoolStanding> Standings { get; } = [];

    public List<PoolHolding> Holdings { get; } = [];

    public List<(uint Account, IsolatedChange Change)> IsolatedChanges { get; } = [];

    public List<IsolatedStanding> IsolatedStandings { get; } = [];

    public List<(uint Account, OrderFill Fill)> Fills { get; } = [];

    public void OrderAccepted(uint account, in NewOrder order)
    {
    }

    public void OrderFilled(uint account, in OrderFill fill) => Fills.Add((account, fill));

    public void OrderCancelled(uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity remaining)
    {
    }

    public void OrderReplaced(uint account, ulong clientOrderId, uint market, bool keptPriority, Price price, Quantity quantity)
    {
    }

    public void FirmUpInvited(uint account, in FirmUpInvitation invitation)
    {
    }

    public void OrderFirmed(uint account, ulong clientOrderId, uint market, ulong round, Quantity quantity)
    {
    }

    public void OrderReduced(uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity by, Quantity remaining)
    {
    }

    public void RejectedTooLate(uint account, ulong clientOrderId, RejectionCode code, ulong block, uint entry) =>
        Refusals.Add((account, code));

    public void Rejected(uint account, ulong clientOrderId, RejectionCode code) => Refusals.Add((account, code));

    public void Deposited(uint account, ulong depositId, uint asset, UInt128 amount, UInt128 available)
    {
    }

    public void Balance(uint account, uint asset, UInt128 available, UInt128 held)
    {
    }

    public void PoolChanged(uint account, in PoolChange change, bool byOther) => Changes.Add((account, change, byOther));

    public void PoolPosition(uint account, in PoolStanding standing) => Standings.Add(standing);

    public void PoolHolding(uint account, in PoolHolding holding) => Holdings.Add(holding);

    public void IsolatedChanged(uint account, in IsolatedChange change, bool byOther) => IsolatedChanges.Add((account, change));

    public List<(uint Account, CollateralSold Sale)> Sales { get; } = [];

    public List<(uint Account, CollateralBought Purchase)> Purchases { get; } = [];

    public void CollateralSold(uint account, in CollateralSold sale) => Sales.Add((account, sale));

    public void CollateralBought(uint account, in CollateralBought purchase) => Purchases.Add((account, purchase));

    public void IsolatedPosition(uint account, in IsolatedStanding standing) => IsolatedStandings.Add(standing);
}
