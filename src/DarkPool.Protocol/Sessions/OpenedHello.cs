using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;

namespace DarkPool.Protocol.Sessions;

/// <summary>What a hello said, proven by its account.</summary>
public sealed class OpenedHello
{
    internal OpenedHello(AccountKey account, RateClass rateClass, uint keyEpoch, SessionKeys keys)
    {
        Account = account;
        RateClass = rateClass;
        KeyEpoch = keyEpoch;
        Keys = keys;
    }

    /// <summary>The account that the session speaks for.</summary>
    public AccountKey Account { get; }

    /// <summary>The rate class of its report stream.</summary>
    public RateClass RateClass { get; }

    /// <summary>The key epoch under which it was sealed; commands of the session name the same.</summary>
    public uint KeyEpoch { get; }

    /// <summary>The suite of the session.</summary>
    public HpkeSuite Suite => Keys.Suite;

    /// <summary>The session's keys; the receiver of this object disposes them.</summary>
    public SessionKeys Keys { get; }
}
