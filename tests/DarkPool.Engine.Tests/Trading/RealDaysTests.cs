using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>Known numbers: what two days of real order flow trade under price-time priority.</summary>
public sealed class RealDaysTests(ITestOutputHelper output)
{
    [Theory]
    [Trait("Category", "Vectors")]
    [InlineData("GOOG_2012-06-21*", 574_659)]
    [InlineData("AAPL_2012-06-21*", 2_223_902)]
    public void A_real_day_trades_the_known_quantity(string pattern, ulong expected)
    {
        var files = SharedData.Find(pattern);
        if (files.Length == 0) output.WriteLine($"vectors: no file {pattern}, nothing checked");
        foreach (var file in files)
        {
            var commands = LobsterDay.Read(File.ReadLines(file));
            var book = new ContinuousBook();
            var sink = default(CountingBookSink);
            foreach (var command in commands) command.ApplyTo(book, ref sink);
            output.WriteLine(
                $"vectors: {Path.GetFileName(file)} {commands.Count} commands, {sink.TradedLots} lots in {sink.Trades} trades");
            Assert.Equal(expected, sink.TradedLots);
        }
    }
}
