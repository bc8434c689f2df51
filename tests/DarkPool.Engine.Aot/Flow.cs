using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Aot;

/// <summary>Commands drawn by a fixed rule: all kinds of them, prices that swing and leap, ids that come again.</summary>
internal static class Flow
{
    /// <summary>Plays so many commands.</summary>
    public static void Play(ContinuousBook book, int operations, ref Tape tape)
    {
        var (state, middle) = (0x9E3779B97F4A7C15UL, 10_000L);
        for (var operation = 0; operation < operations; operation++)
        {
            state = Next(state);
            middle += operation % 5_000 == 0 ? (long)(state % 2_000_001) - 1_000_000 : (long)(state >> 17 & 7) - 3;
            var id = state % 1_024;
            var side = (state >> 20 & 1) == 0 ? Side.Buy : Side.Sell;
            var price = new Price(middle + (long)(state >> 24 & 31) - 15);
            var quantity = new Quantity((state >> 32 & 63) + 1);
            switch (state >> 40 & 15)
            {
                case < 8:
                    book.Place(id, side, price, quantity, (Execution)(state >> 44 & 3), ref tape);
                    break;
                case < 11:
                    book.Replace(id, price, quantity, ref tape);
                    break;
                default:
                    book.Cancel(id, ref tape);
                    break;
            }
        }
    }

    private static ulong Next(ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^ (state << 17);
    }
}
