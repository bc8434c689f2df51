using DarkPool.Engine.Journals;

namespace DarkPool.Engine;

/// <summary>Accounts and what they own.</summary>
public sealed partial class Venue
{
    /// <summary>The index of an account, opened if it is new.</summary>
    /// <param name="key">32 opaque bytes; for a venue on the wire, the account's Ed25519 public key.</param>
    /// <param name="account">The index.</param>
    /// <returns>False if the venue is at <see cref="VenueLimits.MaxAccounts"/>.</returns>
    public bool OpenAccount(ReadOnlySpan<byte> key, out uint account)
    {
        RequireBlock();
        if (_state.Accounts.TryFind(key, out account)) return true;
        if (_state.Accounts.Count >= VenueLimits.MaxAccounts) return false;
        account = _state.Accounts.Add(key);
        _state.Journal.Write(JournalKind.AccountOpened, 0, account, 0, 0, 0, key);
        return true;
    }

    /// <summary>The index of an account that was opened.</summary>
    public bool TryFindAccount(ReadOnlySpan<byte> key, out uint account) => _state.Accounts.TryFind(key, out account);

    /// <summary>The 32-byte key of an account. Void after the next account is opened.</summary>
    public ReadOnlySpan<byte> AccountKey(uint account) => _state.Accounts.KeyOf(account);

    /// <summary>Count of an account's open orders.</summary>
    public uint OpenOrdersOf(uint account) => _state.Orders.CountOf(account);

    /// <summary>What an account has of an asset, in base units.</summary>
    public (UInt128 Available, UInt128 Held) BalanceOf(uint account, uint asset)
    {
        var cell = _state.Ledger.Find(account, asset);
        return cell == 0 ? default : (_state.Ledger[cell].Available, _state.Ledger[cell].Held);
    }

    /// <summary>All that was deposited of an asset: what all its balances add up to, in base units.</summary>
    public UInt128 DepositedOf(uint asset) => asset < VenueLimits.MaxAssets ? _state.Ledger.Deposited(asset) : 0;

    /// <summary>Tells the sink every asset of which the account has some, by ascending number.</summary>
    public void QueryBalances<TSink>(uint account, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        for (var cell = _state.Ledger.FirstOf(account); cell != 0; cell = _state.Ledger[cell].NextOfAccount)
        {
            ref readonly var balance = ref _state.Ledger[cell];
            if (balance.Total != 0) sink.Balance(account, balance.Asset, balance.Available, balance.Held);
        }
    }

    /// <summary>Credits what the vault took in.</summary>
    /// <param name="depositId">The last credited id plus one.</param>
    /// <param name="asset">A listed asset.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="amount">Base units; positive.</param>
    /// <param name="sink">Is told if it was credited.</param>
    public DepositResult Deposit<TSink>(ulong depositId, uint asset, uint account, UInt128 amount, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        if (depositId != LastDepositId + 1) return DepositResult.OutOfSequence;
        if (asset >= VenueLimits.MaxAssets || _assets[asset] is null) return DepositResult.UnknownAsset;
        if (amount == 0) return DepositResult.InvalidAmount;
        if (!_state.Ledger.TryDeposit(account, asset, amount, out var cell)) return DepositResult.Overflow;
        LastDepositId = depositId;
        _state.Journal.Write(JournalKind.Deposited, 0, asset, account, depositId, (ulong)amount, (ulong)(amount >> 64));
        sink.Deposited(account, depositId, asset, amount, _state.Ledger[cell].Available);
        return DepositResult.Credited;
    }
}
