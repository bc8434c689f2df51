using DarkPool.Engine.Ledger;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Counterparties;

/// <summary>
/// Who trades with whom. A pair that may not trade passes each other over in silence: neither learns of the other, nor of the rule. Most
/// accounts never set anything and cost one look at an empty place.
/// </summary>
internal sealed class CounterpartyRules(AccountDirectory accounts)
{
    private AccountRules?[] _rules = [];
    private uint _restricting;

    /// <summary>Whether any account has rules that can keep a pair apart.</summary>
    public bool Any => _restricting != 0;

    /// <summary>Accounts that may have rules: their indices are below this.</summary>
    public uint Accounts => (uint)_rules.Length;

    /// <summary>An account's rules; null if it never set any.</summary>
    public AccountRules? Of(uint account) => account < _rules.Length ? _rules[account] : null;

    /// <summary>Changes an account's rules.</summary>
    public void Change(uint account, Action<AccountRules> change)
    {
        if (account >= _rules.Length) Array.Resize(ref _rules, (int)Math.Max(account + 1L, _rules.Length * 2L));
        var rules = _rules[account] ?? new AccountRules();
        if (rules.Restricts) _restricting--;
        change(rules);
        if (rules.Restricts) _restricting++;
        _rules[account] = rules.IsDefault ? null : rules;
    }

    /// <summary>What becomes of an order of this account where it would trade with one of its own owner's.</summary>
    public SelfTradePrevention SelfTradeOf(uint account, SelfTradePrevention ofOrder) =>
        ofOrder != SelfTradePrevention.Default ? ofOrder : Of(account)?.SelfTrade ?? SelfTradePrevention.Default;

    /// <summary>Whether two accounts have one owner, as far as the venue was told.</summary>
    public bool AreOne(uint account, uint other) =>
        account == other || (Of(account) is { } rules && rules.Group != 0 && rules.Group == Of(other)?.Group);

    /// <summary>Whether neither of two accounts refuses the other. An account never refuses itself.</summary>
    public bool MayTrade(uint account, uint other)
    {
        var (rules, others) = (Of(account), Of(other));
        if ((rules is null && others is null) || account == other) return true;
        return Takes(rules, others, other) && Takes(others, rules, account);
    }

    private bool Takes(AccountRules? rules, AccountRules? others, uint other)
    {
        if (rules is null) return true;
        if ((rules.AcceptedTiers >> (others?.Tier ?? 0) & 1) == 0) return false;
        return rules.Denied.Count == 0 || !rules.Denied.Contains(new Digest(accounts.KeyOf(other)));
    }
}
