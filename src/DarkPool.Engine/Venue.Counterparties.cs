using DarkPool.Engine.Journals;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>
/// What accounts say of themselves and of others. It applies to orders that arrive afterwards; what rests stays where it is.
/// </summary>
public sealed partial class Venue
{
    /// <summary>Sets an account's own rules.</summary>
    /// <param name="account">The account.</param>
    /// <param name="selfTrade">For orders that do not say their own; <see cref="SelfTradePrevention.Default"/> lets them trade.</param>
    /// <param name="group">What the accounts of one owner share and nobody else can guess; zero for none.</param>
    /// <param name="acceptedTiers">A bit for each tier of counterparties that it takes; at least one.</param>
    public RejectionCode ConfigureAccount(uint account, SelfTradePrevention selfTrade, UInt128 group, ushort acceptedTiers)
    {
        RequireAccount(account);
        if (selfTrade > SelfTradePrevention.Decrement || acceptedTiers == 0) return RejectionCode.InvalidSetting;
        _state.Counterparties.Change(account, rules =>
            (rules.SelfTrade, rules.Group, rules.AcceptedTiers) = (selfTrade, group, acceptedTiers));
        var switches = (ulong)selfTrade | ((ulong)acceptedTiers << 8);
        _state.Journal.Write(
            JournalKind.AccountConfigured, 0, 0, account, switches, (ulong)group, (ulong)(group >> 64));
        return RejectionCode.None;
    }

    /// <summary>Denies a counterparty, or takes the denial back. It need not be known to the venue; it is not told.</summary>
    public RejectionCode SetDenied(uint account, in Digest counterparty, bool denied)
    {
        RequireAccount(account);
        var key = counterparty;
        var present = _state.Counterparties.Of(account)?.Denied.Contains(key) ?? false;
        if (denied == present) return RejectionCode.None;
        var count = _state.Counterparties.Of(account)?.Denied.Count ?? 0;
        if (denied && count >= VenueLimits.MaxDenialsPerAccount) return RejectionCode.TooManyDenials;
        _state.Counterparties.Change(account, rules =>
        {
            if (denied) rules.Denied.Add(key);
            else rules.Denied.Remove(key);
        });
        _state.Journal.Write(JournalKind.CounterpartySet, denied ? 1u : 0, account, 0, 0, 0, key.ToArray());
        return RejectionCode.None;
    }

    /// <summary>Gives an account its tier; only the operator may. An account that is not known yet is opened.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="of">The key of the account.</param>
    /// <param name="tier">Below <see cref="VenueLimits.Tiers"/>; every account begins in tier 0.</param>
    public RejectionCode SetTier(uint account, in Digest of, byte tier)
    {
        RequireAccount(account);
        if (_operator == default || new Digest(_state.Accounts.KeyOf(account)) != _operator) return RejectionCode.NotPermitted;
        if (tier >= VenueLimits.Tiers || !OpenAccount(of.ToArray(), out var member)) return RejectionCode.InvalidSetting;
        _state.Counterparties.Change(member, rules => rules.Tier = tier);
        _state.Journal.Write(JournalKind.TierSet, tier, 0, member, 0, 0, 0);
        return RejectionCode.None;
    }

    /// <summary>Names the account that may give tiers; zeros name nobody.</summary>
    public GovernanceResult SetOperator(ulong sequence, in Digest key)
    {
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        GovernanceSequence = sequence;
        _operator = key;
        _state.Journal.Write(JournalKind.OperatorSet, 0, 0, sequence, 0, 0, key.ToArray());
        return GovernanceResult.Applied;
    }
}
