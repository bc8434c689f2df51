using System.Numerics;
using DarkPool.Engine.Arithmetic;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Arithmetic;

/// <summary>Against BigInteger, which is slow and right.</summary>
public sealed class UInt256Tests
{
    private static readonly BigInteger Limit = BigInteger.One << 256;

    // Limbs that are often all zeros or all ones, where carries and quotient estimates go wrong.
    private static readonly Gen<UInt128> Limb = Gen.OneOf(
        Gen.Elements(UInt128.Zero, UInt128.One, UInt128.MaxValue, UInt128.MaxValue - 1, UInt128.One << 127, UInt128.One << 64,
            ulong.MaxValue),
        ArbMap.Default.GeneratorFor<ulong>().Select(value => (UInt128)value),
        ArbMap.Default.GeneratorFor<ulong>().Two().Select(pair => new UInt128(pair.Item1, pair.Item2)));

    private static readonly Arbitrary<(UInt256 A, UInt256 B)> Pairs = Arb.From(
        from limbs in Limb.Four()
        select (new UInt256(limbs.Item1, limbs.Item2), new UInt256(limbs.Item3, limbs.Item4)));

    [Property(MaxTest = 20_000)]
    public Property Arithmetic_equals_BigIntegers_or_throws_where_it_does_not_fit() => Prop.ForAll(Pairs, pair =>
    {
        var (a, b) = (Big(pair.A), Big(pair.B));
        Same(a + b, () => pair.A + pair.B);
        Same(a - b, () => pair.A - pair.B);
        Same(a * b, () => pair.A * pair.B);
        if (b.IsZero) Assert.Throws<DivideByZeroException>(() => pair.A / pair.B);
        else
        {
            Same(a / b, () => pair.A / pair.B);
            Same(a % b, () => pair.A % pair.B);
            Same((a + b - 1) / b, () => WideMath.DivideCeiling(pair.A, pair.B));
        }

        Assert.Equal(a.CompareTo(b), pair.A.CompareTo(pair.B));
        Assert.Equal(a == b, pair.A == pair.B);
    });

    [Property]
    public Property Decimal_digits_round_trip() => Prop.ForAll(Pairs, pair =>
        Assert.Equal(pair.A, UInt256.Parse(pair.A.ToString())));

    [Fact]
    public void Division_does_not_allocate()
    {
        var (dividend, divisor) = (UInt256.MaxValue, new UInt256(3, 7));
        _ = dividend / divisor;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) _ = WideMath.MultiplyDivide(dividend / divisor, 5UL, divisor, Rounding.HalfUp);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Same(BigInteger expected, Func<UInt256> actual)
    {
        if (expected.Sign < 0 || expected >= Limit) Assert.Throws<OverflowException>(() => actual());
        else Assert.Equal(expected, Big(actual()));
    }

    private static BigInteger Big(UInt256 value) => BigInteger.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
