using System.Text.Json;
using DarkPool.Cli.Demo;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Tests.OrderFlow;
using Xunit.Abstractions;

namespace DarkPool.Cli.Tests.Demo;

[Trait("Category", "Vectors")]
public sealed class FlowProfileTests(ITestOutputHelper output)
{
    /// <summary>The words that describe the recording in the shipped profile.</summary>
    private const string Source = "LOBSTER sample: GOOG on NASDAQ, 2012-06-21, prices in 1/10,000 dollar, shares";

    [Fact]
    public void The_shipped_profile_is_what_the_fit_finds_in_the_recording()
    {
        if (RecordedOrderFlow.Find("GOOG_*_message_*.csv") is not { } path)
        {
            output.WriteLine("flow profile: the GOOG day is absent, nothing checked");
            return;
        }
        FlowProfile fitted = FlowFit.Fit(Source, OrderFlowFile.Read(path, OrderFlowFormat.Lobster, 0));

        string expected = JsonSerializer.Serialize(fitted, JsonSerializerOptions.Web);
        output.WriteLine(expected);
        Assert.Equal(expected, JsonSerializer.Serialize(FlowProfile.Shipped(), JsonSerializerOptions.Web));
    }
}
