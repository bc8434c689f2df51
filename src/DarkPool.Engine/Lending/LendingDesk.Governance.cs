using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <content>What governance decides about pools. Anything but applied changes nothing.</content>
internal sealed partial class LendingDesk
{
    /// <summary>
    /// The key of the account that holds a pool's liquidity: SHA-256 of "darkpool/v1/lending pool" and the number. Nobody has a private
    /// key for it.
    /// </summary>
    public static Digest KeyOfPool(uint number) => KeyOf("darkpool/v1/lending pool"u8, number);

    /// <summary>Lists a pool.</summary>
    public GovernanceResult List(ulong sequence, PoolTerms terms)
    {
        if (terms.Number >= LendingLimits.MaxPools) return GovernanceResult.NumberTooLarge;
        if (_pools[terms.Number] is not null) return GovernanceResult.AlreadyListed;
        if (!ListedPool.Knows(terms.Version) || terms.Treasury == KeyOfPool(terms.Number)) return GovernanceResult.InvalidTerms;
        if (state.Accounts.Count > VenueLimits.MaxAccounts - 2) return GovernanceResult.NumberTooLarge;
        _pools[terms.Number] = new ListedPool(terms, Open(KeyOfPool(terms.Number)), Open(terms.Treasury), _now);
        state.Journal.Write(JournalKind.PoolListed, terms.Number, (uint)terms.Version, sequence, 0, 0, terms.Treasury.ToArray());
        return GovernanceResult.Applied;
    }

    /// <summary>Lists a reserve of a pool; its asset is listed.</summary>
    public GovernanceResult List(ulong sequence, ReserveTerms terms)
    {
        if (FindPool(terms.Pool) is not { } pool) return GovernanceResult.UnknownPool;
        if (pool.ReserveOf(terms.Asset) >= 0) return GovernanceResult.AlreadyListed;
        if (pool.Reserves.Length == LendingPool.MaxReserves) return GovernanceResult.NumberTooLarge;
        var fits = feeds.TryGetValue(terms.Feed, out var feed) && feed.Terms?.Decimals <= LendingLimits.BaseDecimals;
        if (!fits || !ReserveRules.IsSound(terms.Parameters)) return GovernanceResult.InvalidTerms;
        var index = pool.Add(terms, state.Ledger.FindOrOpen(pool.Account, terms.Asset));
        pool.Liquidator?.ReservesChanged(pool.Members.Count);
        Write(JournalKind.ReserveListed, sequence, pool, index, terms.Feed);
        Reprice(pool, index);
        Touch(pool, index);
        return GovernanceResult.Applied;
    }

    /// <summary>Sets the parameters of a reserve, but for its decimals, freeze, pause and grace.</summary>
    public GovernanceResult Configure(ulong sequence, uint poolNumber, uint asset, in ReserveParameters parameters)
    {
        if (FindPool(poolNumber) is not { } pool || pool.ReserveOf(asset) is var index && index < 0) return GovernanceResult.UnknownPool;
        ref readonly var reserve = ref pool.Pool.ReserveAt(index);

        // What counts as collateral must not stop to count while somebody relies on it.
        var endsAsCollateral = reserve.Parameters.LiquidationThreshold != 0 && parameters.LiquidationThreshold == 0;
        var hasSuppliers = reserve.ScaledSupply != 0 || reserve.AccruedToTreasury != 0;
        if (!ReserveRules.IsSound(parameters) || (endsAsCollateral && hasSuppliers)) return GovernanceResult.InvalidTerms;
        try
        {
            pool.Pool.Configure(index, parameters);
        }
        catch (OverflowException)
        {
            return GovernanceResult.InvalidTerms;
        }

        Write(JournalKind.ReserveConfigured, sequence, pool, index, 0);
        Touch(pool, index);
        PoolReserveConfigured(pool);
        return GovernanceResult.Applied;
    }

    /// <summary>Freezes or pauses a reserve, or ends it.</summary>
    public GovernanceResult SetState(ulong sequence, uint poolNumber, uint asset, bool frozen, bool paused, ulong graceSeconds)
    {
        if (FindPool(poolNumber) is not { } pool || pool.ReserveOf(asset) is var index && index < 0) return GovernanceResult.UnknownPool;
        if (graceSeconds > LendingLimits.MaxGraceSeconds || (paused && graceSeconds != 0)) return GovernanceResult.InvalidTerms;
        if (pool.Pool.ReserveAt(index).Parameters.Frozen != frozen) pool.Pool.SetFrozen(index, frozen);
        pool.Pool.SetPaused(index, paused, graceSeconds);
        Write(JournalKind.ReserveStateSet, sequence, pool, index, 0);
        Touch(pool, index);
        PoolReserveConfigured(pool);
        return GovernanceResult.Applied;
    }

    /// <summary>Defines an e-mode of a pool, or gives one other terms.</summary>
    public GovernanceResult Define(ulong sequence, uint poolNumber, byte category, in EMode eMode)
    {
        if (FindPool(poolNumber) is not { } pool) return GovernanceResult.UnknownPool;
        if (category == 0 || !ReserveRules.IsSound(eMode, pool.Reserves.Length)) return GovernanceResult.InvalidTerms;
        pool.Pool.DefineEMode(category, eMode);
        Span<byte> masks = stackalloc byte[3 * 16];
        BinaryPrimitives.WriteUInt128LittleEndian(masks, eMode.Collateral);
        BinaryPrimitives.WriteUInt128LittleEndian(masks[16..], eMode.Borrowable);
        BinaryPrimitives.WriteUInt128LittleEndian(masks[32..], eMode.LtvZero);
        var factors = ((ulong)eMode.LoanToValue << 32) | eMode.LiquidationThreshold;
        state.Journal.Write(JournalKind.EModeDefined, poolNumber, category, sequence, factors, eMode.LiquidationBonus, masks);
        PoolReserveConfigured(pool);
        return GovernanceResult.Applied;
    }

    private static Digest KeyOf(ReadOnlySpan<byte> domain, uint number)
    {
        Span<byte> preimage = stackalloc byte[domain.Length + sizeof(uint)];
        domain.CopyTo(preimage);
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[domain.Length..], number);
        return new Digest(SHA256.HashData(preimage));
    }

    private uint Open(in Digest key)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        key.CopyTo(bytes);
        if (state.Accounts.TryFind(bytes, out var account)) return account;
        account = state.Accounts.Add(bytes);
        state.Journal.Write(JournalKind.AccountOpened, 0, account, 0, 0, 0, bytes);
        return account;
    }

    private void Write(JournalKind kind, ulong sequence, ListedPool pool, int index, uint feed)
    {
        Span<byte> bytes = stackalloc byte[ParametersBytes.Size];
        ParametersBytes.Write(bytes, pool.Pool.ReserveAt(index).Parameters);
        state.Journal.Write(kind, pool.Terms.Number, feed, sequence, pool.Reserves[index].Asset, (ulong)index, bytes);
    }
}
