using System.Globalization;
using System.Numerics;

namespace DarkPool.Protocol.Lending;

/// <summary>An unsigned 256-bit number on the wire: 32 bytes, little-endian.</summary>
/// <param name="High">The upper half.</param>
/// <param name="Low">The lower half.</param>
public readonly record struct UInt256(UInt128 High, UInt128 Low)
{
    /// <summary>The number, to calculate with.</summary>
    public BigInteger ToBigInteger() => ((BigInteger)High << 128) + (BigInteger)Low;

    /// <summary>The decimal digits.</summary>
    /// <returns>Digits of the invariant culture.</returns>
    public override string ToString() => ToBigInteger().ToString(CultureInfo.InvariantCulture);
}
