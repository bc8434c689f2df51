namespace DarkPool.Cli.Accounts;

/// <summary>What a trader needs before it trades, in base units of the tokens.</summary>
internal readonly record struct FundingNeed(Trader Trader, UInt128 Base, UInt128 Quote);
