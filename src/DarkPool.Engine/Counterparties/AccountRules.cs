using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Counterparties;

/// <summary>With whom an account trades, and what it is itself. Known to its owner, the operator and the enclave.</summary>
internal sealed class AccountRules
{
    /// <summary>A mask that takes counterparties of every tier.</summary>
    public const ushort EveryTier = ushort.MaxValue;

    /// <summary>Self-trade prevention of orders that do not say their own.</summary>
    public SelfTradePrevention SelfTrade { get; set; }

    /// <summary>A number that the accounts of one owner share and nobody else can guess; zero for none.</summary>
    public UInt128 Group { get; set; }

    /// <summary>A bit for each tier of counterparties that it takes.</summary>
    public ushort AcceptedTiers { get; set; } = EveryTier;

    /// <summary>Its own tier, which the operator gave it.</summary>
    public byte Tier { get; set; }

    /// <summary>Keys of accounts that it does not trade with, in the order in which it denied them.</summary>
    public List<Digest> Denied { get; } = [];

    /// <summary>Whether it is as if nothing had ever been set.</summary>
    public bool IsDefault => SelfTrade == SelfTradePrevention.Default && Group == 0 && !Restricts;

    /// <summary>Whether it can keep a pair of accounts apart.</summary>
    public bool Restricts => AcceptedTiers != EveryTier || Tier != 0 || Denied.Count != 0;
}
