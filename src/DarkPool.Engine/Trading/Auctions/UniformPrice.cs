namespace DarkPool.Engine.Trading.Auctions;

/// <summary>
/// The one price at which an auction clears, chosen in the order of Cboe's periodic auctions: most lots traded, then least surplus, then
/// market pressure (a surplus to buy takes the highest such price, a surplus to sell the lowest), then nearest to the reference price.
/// </summary>
public static class UniformPrice
{
    /// <summary>Finds the price in one pass over both sides. Any whole tick may be the price, not only a limit.</summary>
    /// <param name="buys">Levels to buy, highest limit first.</param>
    /// <param name="sells">Levels to sell, lowest limit first.</param>
    /// <param name="reference">The reference price, in ticks.</param>
    /// <returns>The clearing; no volume if the sides do not meet.</returns>
    public static Clearing Find(ReadOnlySpan<AuctionLevel> buys, ReadOnlySpan<AuctionLevel> sells, long reference)
    {
        if (buys.IsEmpty || sells.IsEmpty || buys[0].Ticks < sells[0].Ticks) return default;

        // Prices outside [best offer, best bid] trade nothing. Inside, demand and supply change only at limits, so prices come in plateaus.
        UInt128 demand = 0;
        foreach (var buy in buys)
        {
            if (buy.Ticks < sells[0].Ticks) break;
            demand += buy.Lots;
        }

        var best = default(Plateau);
        UInt128 supply = 0;
        var buy0 = LowestAtOrAbove(buys, sells[0].Ticks);
        var sell0 = 0;
        var low = sells[0].Ticks;
        while (true)
        {
            while (sell0 < sells.Length && sells[sell0].Ticks <= low) supply += sells[sell0++].Lots;
            var high = buys[buy0].Ticks;
            if (sell0 < sells.Length && sells[sell0].Ticks <= high) high = sells[sell0].Ticks - 1;
            best = best.BetterOf(new Plateau(low, high, demand, supply));
            if (high == buys[0].Ticks) break;
            low = high + 1;
            if (high == buys[buy0].Ticks) demand -= buys[buy0--].Lots;
        }

        return best.At(reference);
    }

    private static int LowestAtOrAbove(ReadOnlySpan<AuctionLevel> buys, long ticks)
    {
        var index = 0;
        while (index + 1 < buys.Length && buys[index + 1].Ticks >= ticks) index++;
        return index;
    }

    /// <summary>Neighbouring prices that are equally good so far: same volume, same size of surplus.</summary>
    private readonly record struct Plateau(long Low, long High, UInt128 Demand, UInt128 Supply, bool SurplusChangesSides = false)
    {
        private UInt128 Volume => UInt128.Min(Demand, Supply);

        private UInt128 Surplus => Demand > Supply ? Demand - Supply : Supply - Demand;

        // Plateaus come in rising order of price, so a tie always continues upwards.
        public Plateau BetterOf(Plateau next)
        {
            if (next.Volume != Volume) return next.Volume > Volume ? next : this;
            if (next.Surplus != Surplus) return next.Surplus < Surplus ? next : this;
            return this with { High = next.High, SurplusChangesSides = SurplusChangesSides
                || Demand > Supply != next.Demand > next.Supply };
        }

        public Clearing At(long reference)
        {
            var price = SurplusChangesSides || Demand == Supply ? Math.Clamp(reference, Low, High)
                : Demand > Supply ? High
                : Low;
            return new Clearing(price, Volume);
        }
    }
}

/// <summary>What an auction clears at.</summary>
/// <param name="Ticks">The price, in ticks; without meaning if nothing trades.</param>
/// <param name="Volume">Lots that change hands; 0 if the sides do not meet.</param>
public readonly record struct Clearing(long Ticks, UInt128 Volume);
