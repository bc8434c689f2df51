using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace DarkPool.Enclave.Tests.NonInterference;

/// <summary>What a host must not be able to tell from another one: any command that does not trade.</summary>
internal sealed record SecretCommand(CommandType Type, ulong Id, uint Market, bool Buys, long Price, ulong Quantity, byte TimeInForce)
{
    /// <summary>
    /// Buys below 50, sells above 100: they never meet, whatever is replaced. Some are refused for funds, ids, markets or values.
    /// </summary>
    public static Gen<SecretCommand> Any { get; } =
        from type in Gen.Elements(
            CommandType.Cover, CommandType.PlaceOrder, CommandType.PlaceOrder, CommandType.PlaceOrder, CommandType.CancelOrder,
            CommandType.ReplaceOrder, CommandType.QueryBalances, CommandType.CancelAll, CommandType.ConfigureAccount,
            CommandType.PoolSupply, CommandType.PoolBorrow, CommandType.PoolRepay, CommandType.PoolWithdraw, CommandType.QueryPool,
            (CommandType)500)
        from id in Gen.Choose(0, 12)
        from market in Gen.Elements(TestVenue.Market, TestVenue.Market, TestVenue.Market, 99u)
        from offset in Gen.Choose(-1, 49)
        from quantity in Gen.Frequency((9, Gen.Choose(0, 500).Select(q => (ulong)q)), (1, Gen.Constant(ulong.MaxValue)))
        from timeInForce in Gen.Choose(0, 6)
        select new SecretCommand(
            type, (ulong)id, market, id % 2 == 0, id % 2 == 0 ? offset : 150 - offset, quantity, (byte)timeInForce);

    public byte[] Seal(TestClient client)
    {
        switch (Type)
        {
            case CommandType.PlaceOrder:
                return client.Place(new PlaceOrder(
                    Id, Market, Buys ? Side.Buy : Side.Sell, OrderType.Limit, (TimeInForce)TimeInForce, Price, Quantity,
                    Expiry: TimeInForce == 3 ? TestVenue.StartTime + (TestVenue.BlockInterval * 8) : 0)
                {
                    Flags = (OrderFlags)(Id % 5 == 0 ? 1 : 0),
                    MinimumQuantity = Id % 4,
                    MinimumInteraction = Id % 3,
                    SelfTradePrevention = (SelfTradePrevention)(Id % 6),
                });
            case CommandType.CancelAll:
                var all = new byte[CancelAll.Size];
                new CancelAll(Market, (Side)(Id % 4)).Write(all);
                return client.Seal(Type, all);
            case CommandType.ConfigureAccount:
                var rules = new byte[ConfigureAccount.Size];
                new ConfigureAccount((SelfTradePrevention)(Id % 6), (ushort)Id, Quantity).Write(rules);
                return client.Seal(Type, rules);
            case CommandType.CancelOrder:
                return client.Cancel(Id);
            case CommandType.ReplaceOrder:
                return client.Replace(Id, Price, Quantity);
            case >= CommandType.PoolSupply and <= CommandType.PoolRepay:
                return client.Lend(Type, Buys ? TestVenue.BaseAsset : TestVenue.QuoteAsset, Quantity);
            case CommandType.QueryPool:
                return client.QueryPool();
            default:
                return client.Seal(Type, []);
        }
    }
}

/// <summary>One envelope of two logs: the same client at the same place, with two secrets.</summary>
internal sealed record Slot(int Client, SecretCommand Left, SecretCommand Right)
{
    public static Gen<Slot> Any(int clients) =>
        from client in Gen.Choose(0, clients - 1)
        from left in SecretCommand.Any
        from right in SecretCommand.Any
        select new Slot(client, left, right);
}
