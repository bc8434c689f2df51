using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Load.Crash;

/// <summary>A borrower at the start. Values in USD.</summary>
/// <param name="Collateral">Which reserve is the collateral.</param>
/// <param name="Deposited">What the account deposited of it: public.</param>
/// <param name="Supplied">What of it is collateral.</param>
/// <param name="Health">Health factor at the start.</param>
internal readonly record struct CrashBorrower(int Collateral, double Deposited, double Supplied, double Health);

/// <summary>
/// Synthetic borrowers. Collateral: seven of ten ether, the others bitcoin. Deposits: Pareto with exponent 1.1 from $1,000, cut at $5
/// M, rounded to two digits, as people do. Supplied of it: 30 % to 100 %, uniform. Health at the start: 1.08 plus an exponential with
/// mean 0.6, cut at 4. Debt: dollars. All drawn independently. Nobody repays or adds collateral on the way: the worst case for both
/// rules.
/// </summary>
internal sealed class CrashPopulation
{
    private const ulong Start = 1_500_000_000;

    private CrashPopulation(LendingPool pool, IReadOnlyList<CrashBorrower> borrowers)
    {
        Pool = pool;
        Borrowers = borrowers;
    }

    /// <summary>The pool. Users are the borrowers by their place, then the lender, then the treasury.</summary>
    public LendingPool Pool { get; }

    public IReadOnlyList<CrashBorrower> Borrowers { get; }

    public uint Users => (uint)Borrowers.Count + 2;

    /// <summary>Makes the pool at the prices of the first hour; the same seed makes the same.</summary>
    public static CrashPopulation Create(CrashTerms terms, CrashHour first)
    {
        var random = new Random(terms.Seed);
        var borrowers = new List<CrashBorrower>();
        for (var i = 0; i < terms.Positions; i++) borrowers.Add(Draw(random));
        var lender = (uint)borrowers.Count;
        var pool = new LendingPool(PoolProfile.V37, lender + 1, CrashTerms.Reserves(), Start);
        pool.SetPrice(CrashTerms.Ether, first.EtherClose);
        pool.SetPrice(CrashTerms.Bitcoin, first.BitcoinClose);
        pool.SetPrice(CrashTerms.Dollar, 100_000_000);
        Require(pool.Supply(lender, CrashTerms.Dollar, Amount(pool, CrashTerms.Dollar, borrowers.Sum(borrower => borrower.Supplied))));
        for (var i = 0; i < borrowers.Count; i++)
        {
            var (collateral, _, supplied, health) = borrowers[i];
            Require(pool.Supply((uint)i, collateral, Amount(pool, collateral, supplied)));
            var threshold = CrashTerms.Reserves()[collateral].LiquidationThreshold / 10_000d;
            Require(pool.Borrow((uint)i, CrashTerms.Dollar, Amount(pool, CrashTerms.Dollar, supplied * threshold / health)));
        }

        return new CrashPopulation(pool, borrowers);
    }

    private static CrashBorrower Draw(Random random)
    {
        var collateral = random.NextDouble() < 0.7 ? CrashTerms.Ether : CrashTerms.Bitcoin;
        var size = Math.Min(1_000 / Math.Pow(1 - random.NextDouble(), 1 / 1.1), 5_000_000);
        var digits = Math.Pow(10, Math.Floor(Math.Log10(size)) - 1);
        var deposited = Math.Round(size / digits) * digits;
        var supplied = deposited * (0.3 + (0.7 * random.NextDouble()));
        var health = Math.Min(1.08 - (0.6 * Math.Log(1 - random.NextDouble())), 4);
        return new CrashBorrower(collateral, deposited, supplied, health);
    }

    private static UInt256 Amount(LendingPool pool, int reserve, double value) =>
        (UInt256)(UInt128)(value * 100) * 1_000_000UL * pool.ReserveAt(reserve).Unit / pool.ReserveAt(reserve).Price;

    private static void Require(PoolError error)
    {
        if (error != PoolError.None) throw new InvalidOperationException($"The population could not be made: {error}.");
    }
}
