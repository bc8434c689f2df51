namespace DarkPool.Protocol.Lending;

/// <summary>Whose semantics a lending pool follows. Append-only.</summary>
public enum PoolVersion : byte
{
    /// <summary>None: never valid on the wire.</summary>
    None = 0,

    /// <summary>Aave v3.6.</summary>
    AaveV36 = 1,

    /// <summary>Aave v3.7.</summary>
    AaveV37 = 2,
}
