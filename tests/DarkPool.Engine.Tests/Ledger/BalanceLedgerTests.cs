using DarkPool.Engine.Ledger;
using Xunit;

namespace DarkPool.Engine.Tests.Ledger;

public class BalanceLedgerTests
{
    /// <summary>Far more than a ledger makes room for at once, so that it grows many times on the way.</summary>
    private const uint Accounts = 5_000;

    [Fact]
    public void Every_balance_is_restored_wherever_the_ledger_grows()
    {
        var ledger = new BalanceLedger();
        for (uint account = 0; account < Accounts; account++)
        {
            for (uint asset = 1; asset <= 2; asset++)
                Assert.True(ledger.TryRestore(account, asset, (account * 10UL) + asset, account));
        }

        Assert.Equal(2 * Accounts, ledger.Count);
        UInt128 sum = 0;
        for (uint account = 0; account < Accounts; account++)
        {
            for (uint asset = 1; asset <= 2; asset++)
            {
                ref readonly var cell = ref ledger[ledger.Find(account, asset)];
                Assert.Equal(((account * (UInt128)10) + asset, (UInt128)account), (cell.Available, cell.Held));
                sum += cell.Available + cell.Held;
            }
        }

        Assert.Equal(sum, ledger.Deposited(1) + ledger.Deposited(2));
    }
}
