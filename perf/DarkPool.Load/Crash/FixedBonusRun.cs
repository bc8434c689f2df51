using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Load.Crash;

/// <summary>
/// The profile's own rule: who wants no more than the fixed bonus takes as much of an unhealthy position as the close factor allows and
/// the budget pays for, lowest health first.
/// </summary>
internal sealed class FixedBonusRun : CrashRun
{
    private static readonly uint[] Bonuses = [.. CrashTerms.Reserves().Select(reserve => reserve.LiquidationBonus)];

    private readonly UInt128[] _budgets = new UInt128[2];
    private readonly RiskIndex _index;

    public FixedBonusRun(CrashTerms terms, CrashPath path)
        : base(terms, path) => _index = new RiskIndex(Pool, Population.Users);

    protected override RiskIndex Index => _index;

    protected override void Liquidate()
    {
        for (var collateral = 0; collateral < 2; collateral++) _budgets[collateral] = Willing(collateral);
        var unhealthy = Index.Below().ToArray();
        foreach (var user in unhealthy.OrderBy(user => Pool.Account(user).HealthFactor).ThenBy(user => user))
        {
            var collateral = Population.Borrowers[(int)user].Collateral;
            if (_budgets[collateral] != 0) Take(user, collateral, ref _budgets[collateral]);
        }
    }

    // Together, all who want no more than the fixed bonus: a bonus of b is a discount of b / (1 + b).
    private UInt128 Willing(int collateral)
    {
        UInt128 budget = 0;
        for (var buyer = 0; buyer < CrashTerms.Buyers; buyer++)
        {
            var discount = (ulong)(buyer + 1) * CrashTerms.DiscountStep;
            if (discount * Bonuses[collateral] <= (Bonuses[collateral] - 10_000) * 10_000UL) budget += Budgets[collateral, buyer];
        }

        return budget;
    }

    private void Take(uint user, int collateral, ref UInt128 budget)
    {
        var all = budget >= Pool.DebtOf(user, CrashTerms.Dollar);
        var error = Pool.Liquidate(Pool.Treasury, user, collateral, CrashTerms.Dollar, all ? UInt256.MaxValue : budget, false);
        if (error != PoolError.None) return;
        _index.UserChanged(user);
        var sale = Pool.LastSale;
        budget -= (UInt128)sale.Covered;
        var gone = Pool.ReserveAt(collateral).Value(sale.Seized + sale.Dust, Rounding.Floor);
        var paid = Pool.ReserveAt(CrashTerms.Dollar).Value(sale.Covered, Rounding.Floor);
        Sales++;
        Sold += Dollars(gone);
        if (gone > paid) Penalty += Dollars(gone - paid);
    }
}
