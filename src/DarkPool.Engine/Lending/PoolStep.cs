namespace DarkPool.Engine.Lending;

/// <summary>A pool operation under way: who and what, and what it moved. Amounts in base units.</summary>
internal struct PoolStep
{
    public ListedPool Pool;

    /// <summary>Index of the reserve.</summary>
    public int Reserve;

    /// <summary>Who commands.</summary>
    public uint User;

    /// <summary>Whose supply or debt it is about, or who receives; else the same.</summary>
    public uint Other;

    /// <summary>The reserve's virtual balance before.</summary>
    public UInt128 HeldBefore;

    /// <summary>What moves without money, before: see <see cref="LendingDesk.Measure"/>.</summary>
    public UInt128 Measured;

    /// <summary>What the account pays into the pool.</summary>
    public UInt128 PaidIn;

    /// <summary>What the pool pays to the account.</summary>
    public UInt128 PaidOut;

    /// <summary>The ledger cell that pays.</summary>
    public uint Cell;

    /// <summary>What moved, with or without money.</summary>
    public readonly UInt128 AmountOf(in PoolCommand command)
    {
        if ((PaidIn | PaidOut) != 0) return PaidIn | PaidOut;
        if (command.Operation == LendingOperation.PoolTransfer) return command.Amount;
        var now = LendingDesk.Measure(this, command.Operation);
        return now > Measured ? now - Measured : Measured - now;
    }
}
