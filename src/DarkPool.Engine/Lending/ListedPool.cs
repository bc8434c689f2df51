using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <summary>
/// A pool of the venue: the pure state machine, the ledger account that holds its liquidity, and who takes part. What the account holds
/// of an asset is the reserve's virtual balance, or more if somebody gave it away to the account's key.
/// </summary>
internal sealed class ListedPool : ILoanPlace
{
    private const short None = -1;

    private readonly short[] _reserveOfAsset = new short[VenueLimits.MaxAssets];
    private ReserveListing[] _reserves = [];

    /// <summary>Lists a pool without reserves.</summary>
    /// <param name="terms">Its terms.</param>
    /// <param name="account">The ledger account that holds its liquidity; nobody has the key.</param>
    /// <param name="treasury">The account that receives the protocol's part; the first user.</param>
    /// <param name="now">Second at which it starts.</param>
    public ListedPool(PoolTerms terms, uint account, uint treasury, ulong now)
    {
        Terms = terms;
        Account = account;
        Array.Fill(_reserveOfAsset, None);
        Pool = new LendingPool(ProfileOf(terms.Version), Members.Admit(treasury), [], now);
    }

    public PoolTerms Terms { get; }

    public uint Account { get; }

    public LendingPool Pool { get; }

    public PoolMembers Members { get; } = new();

    /// <summary>Sells of unhealthy positions; null without a liquidation market.</summary>
    public DarkLiquidator? Liquidator { get; set; }

    public LoanKind Kind => LoanKind.Pool;

    public uint Number => Terms.Number;

    /// <summary>The reserves by index.</summary>
    public Span<ReserveListing> Reserves => _reserves;

    /// <summary>Whether a version is one that pools can follow.</summary>
    public static bool Knows(PoolVersion version) => version is PoolVersion.AaveV36 or PoolVersion.AaveV37;

    /// <summary>The index of an asset's reserve, or -1.</summary>
    public int ReserveOf(uint asset) => asset < _reserveOfAsset.Length ? _reserveOfAsset[asset] : None;

    /// <summary>Adds a reserve whose terms were judged sound.</summary>
    public int Add(ReserveTerms terms, uint cell)
    {
        var index = Pool.AddReserve(terms.Parameters);
        _reserveOfAsset[terms.Asset] = (short)index;
        _reserves = [.. _reserves, new ReserveListing { Asset = terms.Asset, Feed = terms.Feed, Cell = cell }];
        return index;
    }

    /// <summary>Whether the prices of all that a user has or owes, and of one more reserve, may be relied on.</summary>
    public bool CanJudge(uint user, int another) => _reserves[another].IsPriced && CanJudge(user);

    /// <summary>Whether the prices of all that a user has as collateral or owes may be relied on.</summary>
    public bool CanJudge(uint user)
    {
        var flags = Pool.UserAt(user);
        for (var used = flags.Collateral | flags.Borrowing; used != 0; used &= used - 1)
        {
            if (!_reserves[(int)UInt128.TrailingZeroCount(used)].IsPriced) return false;
        }

        return true;
    }

    public (uint Asset, uint Cell) MoneyOf(int reserve) => (_reserves[reserve].Asset, _reserves[reserve].Cell);

    public uint AccountOf(uint user) => Members.AccountOf(user);

    public UInt256 HealthOf(uint user) => Pool.Account(user).HealthFactor;

    private static PoolProfile ProfileOf(PoolVersion version) => version == PoolVersion.AaveV36 ? PoolProfile.V36 : PoolProfile.V37;
}

/// <summary>What the venue knows of a reserve beyond the pool.</summary>
internal struct ReserveListing
{
    /// <summary>The asset.</summary>
    public uint Asset;

    /// <summary>The feed of its price.</summary>
    public uint Feed;

    /// <summary>The pool account's ledger cell of the asset.</summary>
    public uint Cell;

    /// <summary>Whether the price may be relied on now.</summary>
    public bool IsPriced;

    /// <summary>Whether it moved in this block.</summary>
    public bool IsTouched;
}
