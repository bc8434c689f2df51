namespace DarkPool.Engine.Trading.Auctions;

/// <summary>One of several who share what there is.</summary>
public record struct Claim
{
    /// <summary>Makes a claim that has been given nothing yet.</summary>
    /// <param name="lots">Lots wanted.</param>
    /// <param name="age">Priority stamp, lower is older; no two claims have the same.</param>
    public Claim(ulong lots, ulong age)
    {
        Lots = lots;
        Age = age;
    }

    /// <summary>Lots wanted.</summary>
    public ulong Lots { get; }

    /// <summary>Priority stamp, lower is older.</summary>
    public ulong Age { get; }

    /// <summary>Lots given; never more than wanted.</summary>
    public ulong Given { get; internal set; }
}

/// <summary>
/// Shares by size, exactly: everybody gets the whole part of the proportional share, and the lots that are left go one each to the largest
/// remainders, older first among equals. The order in which the claims stand does not matter.
/// </summary>
public static class ProRata
{
    /// <summary>Shares <paramref name="lots"/> among <paramref name="claims"/>; all of it unless they want less.</summary>
    /// <param name="lots">Lots to give.</param>
    /// <param name="claims">Who wants them; <see cref="Claim.Given"/> is set.</param>
    /// <param name="scratch">Room for as many remainders as there are claims.</param>
    public static void Share(UInt128 lots, Span<Claim> claims, Span<Remainder> scratch)
    {
        UInt128 wanted = 0;
        foreach (ref readonly var claim in claims) wanted += claim.Lots;
        if (lots >= wanted)
        {
            foreach (ref var claim in claims) claim.Given = claim.Lots;
            return;
        }

        var left = lots;
        for (var i = 0; i < claims.Length; i++)
        {
            ref var claim = ref claims[i];
            var product = Arithmetic.UInt256.Multiply(lots, claim.Lots);
            claim.Given = (ulong)Arithmetic.UInt256.DivRem(product, wanted, out var remainder);
            left -= claim.Given;
            scratch[i] = new Remainder((UInt128)remainder, claim.Age, i);
        }

        var ordered = scratch[..claims.Length];
        ordered.Sort();
        for (var i = 0; i < (int)left; i++) claims[ordered[i].Claim].Given++;
    }

    /// <summary>What a claim's whole share fell short by, in parts of the sum of all claims. Sorts largest first, then oldest.</summary>
    public readonly record struct Remainder(UInt128 Parts, ulong Age, int Claim) : IComparable<Remainder>
    {
        /// <inheritdoc/>
        public int CompareTo(Remainder other)
        {
            var byParts = other.Parts.CompareTo(Parts);
            return byParts != 0 ? byParts : Age.CompareTo(other.Age);
        }

        /// <summary>Whether the left one sorts first.</summary>
        public static bool operator <(Remainder left, Remainder right) => left.CompareTo(right) < 0;

        /// <summary>Whether the left one sorts last.</summary>
        public static bool operator >(Remainder left, Remainder right) => left.CompareTo(right) > 0;

        /// <summary>Whether the left one does not sort last.</summary>
        public static bool operator <=(Remainder left, Remainder right) => left.CompareTo(right) <= 0;

        /// <summary>Whether the left one does not sort first.</summary>
        public static bool operator >=(Remainder left, Remainder right) => left.CompareTo(right) >= 0;
    }
}
