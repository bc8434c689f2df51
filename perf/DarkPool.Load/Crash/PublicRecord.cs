using System.Buffers.Binary;
using DarkPool.Engine;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Load.Crash;

/// <summary>A deposit as the chain shows it: when it came, what, how much. Not whose account it is for.</summary>
internal readonly record struct PublicDeposit(int Order, int Asset, double Amount);

/// <summary>A published liquidation, with the hour of its sheet and its place in it.</summary>
internal readonly record struct PublicSale(
    ulong Time, int Place, int Count, Digest Commitment, uint Market, double Seized, double Repaid, long Ticks, double Penalty);

/// <summary>A reserve as the settlement shows it, each hour.</summary>
internal readonly record struct PublicReserve(double Supplied, double Borrowed, double Deficit, double Price);

/// <summary>What is leaked on purpose, to see that the observer would notice.</summary>
internal enum Leak
{
    None,

    /// <summary>A commitment without a salt: who tries all accounts finds the one.</summary>
    UnsaltedCommitment,

    /// <summary>A health factor, to one digit, beside each deposit.</summary>
    HealthFactor,
}

/// <summary>
/// All that becomes public in a run, hour by hour: deposits on the chain, reserve totals and prices, and the liquidations as the venue
/// publishes them, through its own <see cref="PublicLiquidations"/>: under their commitments and in their order.
/// Beside it, apart, the truth that the observer's ranking is judged by.
/// </summary>
internal sealed class PublicRecord(Leak leak)
{
    /// <summary>Hours between two times at which the observer is asked.</summary>
    public const int TruthEveryHours = 48;

    private const uint PoolNumber = 1;
    private static readonly Digest Secret = new([.. Enumerable.Range(1, Digest.Size).Select(i => (byte)(i * 37))]);

    private readonly List<PublicDeposit> _deposits = [];
    private readonly PublicLiquidations _publication = new();
    private readonly List<PublicSale> _sales = [];
    private readonly List<PublicReserve[]> _hours = [];
    private readonly List<double[]> _truths = [];
    private readonly List<double[]> _leaks = [];
    private ulong _sold;

    public IReadOnlyList<PublicDeposit> Deposits => _deposits;

    public IReadOnlyList<PublicSale> Sales => _sales;

    public IReadOnlyList<PublicReserve[]> Hours => _hours;

    /// <summary>What was leaked beside each deposit, each time that the observer is asked; empty if nothing was.</summary>
    public IReadOnlyList<double[]> LeakedHealth => _leaks;

    /// <summary>Each account's health factor when the observer is asked; not a number where nothing is owed.</summary>
    internal IReadOnlyList<double[]> Truths => _truths;

    internal List<int> SalesByHour { get; } = [];

    public void Begin(CrashPopulation population)
    {
        for (var i = 0; i < population.Borrowers.Count; i++)
        {
            _deposits.Add(new PublicDeposit(i, population.Borrowers[i].Collateral, population.Borrowers[i].Deposited));
        }
    }

    public void Sold(in LiquidationRecord sale) => _publication.Add(new PublicLiquidation(
        LoanKind.Pool, PoolNumber, sale.Market, sale.Ticks, sale.Seized, sale.Repaid, sale.Penalty,
        Commitment(sale.Borrower, ++_sold)));

    /// <summary>Notes the public state; the truth only each <see cref="TruthEveryHours"/> hours, when the observer is asked.</summary>
    public void EndHour(CrashPopulation population, ulong now)
    {
        for (var sheet = _publication.Take(out _); sheet.Length != 0; sheet = _publication.Take(out _))
        {
            for (var place = 0; place < sheet.Length; place++) _sales.Add(Shown(sheet[place], place, sheet.Length, now));
        }

        var reserves = new PublicReserve[3];
        for (var i = 0; i < reserves.Length; i++)
        {
            ref readonly var reserve = ref population.Pool.ReserveAt(i);
            reserves[i] = new PublicReserve(
                (double)reserve.ScaledSupply, (double)reserve.ScaledDebt, (double)reserve.Deficit, (double)reserve.Price);
        }

        _hours.Add(reserves);
        SalesByHour.Add(_sales.Count);
        if (_hours.Count % TruthEveryHours != 0) return;
        double[] truth = [.. Enumerable.Range(0, population.Borrowers.Count).Select(user => Health(population, (uint)user))];
        _truths.Add(truth);
        if (leak == Leak.HealthFactor) _leaks.Add([.. truth.Select(health => Math.Round(health, 1))]);
    }

    /// <summary>What a commitment is without a salt: computable by everybody.</summary>
    public static Digest Unsalted(uint account) => LoanCommitment.Of(LoanKind.Pool, default, PoolNumber, KeyOf(account));

    private static PublicSale Shown(in PublicLiquidation row, int place, int count, ulong now) => new(
        now, place, count, row.Commitment, row.Market, (double)row.Seized / Math.Pow(10, CrashTerms.Reserves()[row.Market].Decimals),
        (double)row.Repaid / 1e6, row.Ticks, (double)row.Penalty / 1e8);

    private Digest Commitment(uint account, ulong sale) => leak == Leak.UnsaltedCommitment
        ? Unsalted(account)
        : LoanCommitment.Of(LoanKind.Pool, LoanCommitment.Salt(Secret, sale), PoolNumber, KeyOf(account));

    private static double Health(CrashPopulation population, uint user)
    {
        var account = population.Pool.Account(user);
        return account.Debt.IsZero ? double.NaN : (double)(UInt128)account.HealthFactor / 1e18;
    }

    private static byte[] KeyOf(uint account)
    {
        var key = new byte[Digest.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(key, account);
        return key;
    }
}
