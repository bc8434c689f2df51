using DarkPool.Engine;

namespace DarkPool.Load.Crash;

/// <summary>How well one strategy ranks positions by nearness to liquidation: 0.5 is chance, 1 is perfect.</summary>
internal sealed record ObserverFigure(string Strategy, double Auc, long Pairs);

/// <summary>
/// Somebody who has all public output and tries to tell which positions are near to liquidation. Each strategy gives each depositor a
/// score from what was public up to an hour. Judged by the area under the ROC curve: the probability that one of the nearest tenth has
/// the higher score than one of the others; ties count a half. Only depositors of the same asset are compared: that who holds ether is
/// nearer after ether fell, the price tells everybody.
/// </summary>
internal sealed class Observer(PublicRecord record)
{
    private const double Nearest = 0.1;

    private Dictionary<Digest, int>? _known;

    private delegate double[] Strategy(int hour, int time);

    /// <summary>All strategies, each over all hours at which it is asked.</summary>
    public IReadOnlyList<ObserverFigure> Judge()
    {
        (string, Strategy)[] strategies =
        [
            ("deposited first", (_, _) => Score(deposit => -deposit.Order)),
            ("deposited most", (_, _) => Score(deposit => deposit.Amount)),
            ("account number's low bits", (_, _) => Score(deposit => deposit.Order % 16)),
            ("roundness of the deposit", (_, _) => Score(Roundness)),
            ("sizes of sales fit the deposit", (hour, _) => FitsWithin(hour, 1.0 / 2, 1.0 / 12)),
            ("sales in the deposit's hour of the day", (hour, _) => Timing(hour)),
            ("seized in full fits the deposit", (hour, _) => FitsWithin(hour, 1.0, 0.3)),
            ("rows of a sheet in the order of deposits", (hour, _) => Places(hour)),
            ("what a reserve lost fits the deposit", (hour, _) => Losses(hour)),
            ("commitments as of known accounts", (hour, _) => Commitments(hour)),
            ("what is said of health", (_, time) => Leaked(time)),
        ];
        return [.. strategies.Select(strategy => Judge(strategy.Item1, strategy.Item2))];
    }

    private ObserverFigure Judge(string name, Strategy strategy)
    {
        var (won, pairs) = (0.0, 0L);
        for (var time = 0; time < record.Truths.Count; time++)
        {
            var scores = strategy(((time + 1) * PublicRecord.TruthEveryHours) - 1, time);
            var truth = record.Truths[time];
            for (var asset = 0; asset < 2; asset++)
            {
                var open = Enumerable.Range(0, truth.Length)
                    .Where(i => !double.IsNaN(truth[i]) && record.Deposits[i].Asset == asset).OrderBy(i => truth[i]).ToList();
                var near = (int)(open.Count * Nearest);
                if (near == 0) continue;
                won += Wins([.. open.Take(near).Select(i => scores[i])], [.. open.Skip(near).Select(i => scores[i])]);
                pairs += (long)near * (open.Count - near);
            }
        }

        return new ObserverFigure(name, pairs == 0 ? 0.5 : won / pairs, pairs);
    }

    private static double Wins(double[] near, double[] far)
    {
        Array.Sort(far);
        var wins = 0.0;
        foreach (var score in near)
        {
            var (below, upTo) = (LowerBound(far, score), LowerBound(far, Math.BitIncrement(score)));
            wins += below + ((upTo - below) / 2.0);
        }

        return wins;
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private double[] Score(Func<PublicDeposit, double> of) => [.. record.Deposits.Select(of)];

    private static double Roundness(PublicDeposit deposit)
    {
        var zeros = 0;
        for (var amount = (long)deposit.Amount; amount != 0 && amount % 10 == 0; amount /= 10) zeros++;
        return zeros;
    }

    private IEnumerable<PublicSale> Known(int hour) => record.Sales.Take(record.SalesByHour[hour]);

    // A position that was brought back to the target is near; what was seized tells how large its deposit may be.
    private double[] FitsWithin(int hour, double most, double least)
    {
        var sizes = new[] { new List<double>(), new List<double>() };
        foreach (var sale in Known(hour)) sizes[sale.Market].Add(sale.Seized * record.Hours[0][sale.Market].Price / 1e8);
        var sorted = sizes.Select(list => list.Order().ToArray()).ToArray();
        return Score(deposit =>
            LowerBound(sorted[deposit.Asset], deposit.Amount * most) - LowerBound(sorted[deposit.Asset], deposit.Amount * least));
    }

    // Accounts in the order of deposits, sales in the order of time: whether one tells of the other.
    private double[] Timing(int hour)
    {
        var counts = new int[24];
        foreach (var sale in Known(hour)) counts[sale.Time / 3_600 % 24]++;
        return Score(deposit => counts[deposit.Order % 24]);
    }

    // As if the rows of a sheet stood in the order of accounts: whether the one at a deposit's place is of its size.
    private double[] Places(int hour)
    {
        var scores = new double[record.Deposits.Count];
        foreach (var sale in Known(hour))
        {
            var (from, to) = (scores.Length * sale.Place / sale.Count, scores.Length * (sale.Place + 1) / sale.Count);
            var worth = sale.Seized * record.Hours[0][sale.Market].Price / 1e8;
            for (var i = from; i < to; i++) scores[i] += worth <= record.Deposits[i].Amount ? worth / record.Deposits[i].Amount : 0;
        }

        return scores;
    }

    // Totals fall by what was sold and paid out: whether in some hour by just about a deposit.
    private double[] Losses(int hour)
    {
        var falls = new[] { new List<double>(), new List<double>() };
        for (var at = 1; at <= hour; at++)
        {
            for (var asset = 0; asset < falls.Length; asset++)
            {
                var (before, after) = (record.Hours[at - 1][asset], record.Hours[at][asset]);
                var units = (before.Supplied - after.Supplied) / Math.Pow(10, CrashTerms.Reserves()[asset].Decimals);
                if (units > 0) falls[asset].Add(units * record.Hours[0][asset].Price / 1e8);
            }
        }

        var sorted = falls.Select(list => list.Order().ToArray()).ToArray();
        return Score(deposit =>
            LowerBound(sorted[deposit.Asset], deposit.Amount * 1.02) - LowerBound(sorted[deposit.Asset], deposit.Amount * 0.3));
    }

    // Tries each account against each commitment, as if there were no salt.
    private double[] Commitments(int hour)
    {
        _known ??= Enumerable.Range(0, record.Deposits.Count).ToDictionary(i => PublicRecord.Unsalted((uint)i), i => i);
        var sold = new double[record.Deposits.Count];
        foreach (var sale in Known(hour))
        {
            if (_known.TryGetValue(sale.Commitment, out var account)) sold[account] = sale.Time;
        }

        return sold;
    }

    private double[] Leaked(int time) =>
        record.LeakedHealth.Count == 0 ? Score(_ => 0) : [.. record.LeakedHealth[time].Select(health => -health)];
}
