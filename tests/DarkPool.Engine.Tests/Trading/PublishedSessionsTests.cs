using DarkPool.Engine.Trading;
using DarkPool.Load.Match;
using DarkPool.Load.OrderFlow.Sessions;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>
/// Two million commands of order flow that somebody else made, and the digest of the answers on which 160 engines agree (Matching Engine
/// Algorithm Performance Challenge, Flash One Technologies, 2026: reference hashes of seed 23). The plain book is held to it too: it is
/// the model of other tests.
/// </summary>
public sealed class PublishedSessionsTests
{
    [Theory]
    [InlineData("static", "9803843ee404fc29c9a0aa5614f8f0d5a58b5c44fcac9ef89067886fcaaa30d1")]
    [InlineData("normal", "e9b2e3926854410b01a035aeb25dd05f1e597c233be8263de9eb49b6713d367e")]
    [InlineData("swing-25", "61a84be9469661bd039e00dbc9a7c011e70b6ace37aadfe60045ea083b05f4df")]
    [InlineData("swing-40", "3cb0175e7982ff09ea220d1feaee3844cf9116a5ce455757879dea1d880b9b9f")]
    [InlineData("flash-crash", "cff8d3f94b709fc64a8b2058a6ca4fb6920364904796e46906895e362d2bb16b")]
    public void Both_books_answer_a_published_session_as_the_consensus_does(string session, string digest)
    {
        var scenario = SessionScenario.All.Single(scenario => scenario.Name == session);
        var (book, plain) = (new ContinuousBook(), new PlainBook());
        var (report, plainReport) = (new SessionReport(), new SessionReport());
        foreach (var command in TradingSession.Commands(scenario))
        {
            report.Begin(command);
            command.ApplyTo(book, ref report);
            plainReport.Begin(command);
            plain.Apply(command, ref plainReport);
        }

        Assert.NotEqual(0, report.Trades);
        Assert.Equal(digest, report.Digest());
        Assert.Equal(digest, plainReport.Digest());
    }
}
