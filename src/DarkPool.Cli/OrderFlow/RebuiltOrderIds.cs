namespace DarkPool.Cli.OrderFlow;

/// <summary>Ids for orders that a recording does not name: a range that no exchange id reaches.</summary>
internal struct RebuiltOrderIds
{
    /// <summary>Exchange ids in use are far below 2^48; the bit keeps both ranges apart.</summary>
    private const ulong First = 1UL << 62;

    private ulong _issued;

    public ulong Next() => checked(First + ++_issued);
}
