using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Load.Crash;

/// <summary>One rule on one path: prices move, interest accrues, and in each block the rule liquidates what the buyers of that block
/// take.</summary>
internal abstract class CrashRun
{
    private readonly ulong[] _since;
    private readonly List<ulong> _waits = [];

    protected CrashRun(CrashTerms terms, CrashPath path)
    {
        Terms = terms;
        Path = path;
        Population = CrashPopulation.Create(terms, path.Hours[0]);
        _since = new ulong[Population.Users];
        Budgets = new UInt128[2, CrashTerms.Buyers];
    }

    protected CrashTerms Terms { get; }

    protected CrashPath Path { get; }

    protected CrashPopulation Population { get; }

    protected LendingPool Pool => Population.Pool;

    /// <summary>What each buyer of each collateral can still pay in this block, in base units of the dollar.</summary>
    protected UInt128[,] Budgets { get; }

    protected abstract RiskIndex Index { get; }

    protected double Penalty { get; set; }

    protected int Sales { get; set; }

    protected double Sold { get; set; }

    /// <summary>Value of rests below a lot that the treasury took from positions that ended.</summary>
    protected double Rests { get; set; }

    protected ulong Now { get; private set; }

    /// <summary>Plays the path.</summary>
    public CrashFigures Play()
    {
        var (ether, bitcoin) = (BlockDepth(CrashTerms.Ether), BlockDepth(CrashTerms.Bitcoin));
        Now = Pool.ReserveAt(CrashTerms.Dollar).LastUpdate;
        foreach (var hour in Path.Hours)
        {
            for (var block = 0; block < CrashTerms.BlocksPerHour; block++)
            {
                Now += 3_600 / CrashTerms.BlocksPerHour;
                Pool.AdvanceTo(Now);
                var atLow = block < CrashTerms.BlocksPerHour / 2;
                Pool.SetPrice(CrashTerms.Ether, atLow ? hour.EtherLow : hour.EtherClose);
                Pool.SetPrice(CrashTerms.Bitcoin, atLow ? hour.BitcoinLow : hour.BitcoinClose);
                Index.TimeAdvanced();
                NoteUnhealthy();
                for (var buyer = 0; buyer < CrashTerms.Buyers; buyer++)
                {
                    (Budgets[0, buyer], Budgets[1, buyer]) = (ether, bitcoin);
                }

                if (Index.BelowCount != 0) Liquidate();
                NoteHealthy();
            }

            EndHour();
        }

        return Figures();
    }

    /// <summary>Liquidates in one block.</summary>
    protected abstract void Liquidate();

    /// <summary>Is told of each hour's end.</summary>
    protected virtual void EndHour()
    {
    }

    protected static double Dollars(UInt256 baseCurrency) => (double)(UInt128)baseCurrency / 1e8;

    private UInt128 BlockDepth(int collateral)
    {
        ref readonly var reserve = ref Pool.ReserveAt(collateral);
        var value = (UInt128)reserve.Value(WadRay.RayMul(reserve.ScaledSupply, reserve.LiquidityIndex), Rounding.Floor);
        return value / 100 * Terms.DepthPerHour / 10_000 / CrashTerms.BlocksPerHour / CrashTerms.Buyers;
    }

    private void NoteUnhealthy()
    {
        foreach (var user in Index.Below())
        {
            if (_since[user] == 0) _since[user] = Now;
        }
    }

    private void NoteHealthy()
    {
        for (var user = 0u; user < _since.Length; user++)
        {
            if (_since[user] == 0 || (Pool.UserAt(user).IsBorrowing && !Pool.Account(user).IsHealthy)) continue;
            _waits.Add(Now - _since[user]);
            _since[user] = 0;
        }
    }

    private CrashFigures Figures()
    {
        UInt256 deficit = Pool.ReserveAt(CrashTerms.Dollar).Deficit;
        var badDebt = Dollars(Pool.ReserveAt(CrashTerms.Dollar).Value(deficit, Rounding.Ceiling));
        var open = 0.0;
        for (var user = 0u; user < Population.Borrowers.Count; user++)
        {
            var account = Pool.Account(user);
            if (account.Debt > account.Collateral) open += Dollars(account.Debt - account.Collateral);
        }

        _waits.Sort();
        var minutes = _waits.Select(wait => wait / 60.0).ToList();
        return new CrashFigures
        {
            BadDebt = badDebt + open - Rests,
            UnrealisedBadDebt = open,
            BorrowersLoss = Penalty,
            Sold = Sold,
            Sales = Sales,
            UnhealthyEpisodes = minutes.Count,
            MeanMinutesToHealth = minutes.Count == 0 ? 0 : minutes.Average(),
            P99MinutesToHealth = minutes.Count == 0 ? 0 : minutes[(int)Math.Ceiling(minutes.Count * 0.99) - 1],
            StillUnhealthy = _since.Count(since => since != 0),
        };
    }
}
