using DarkPool.Cli.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Tests.OrderFlow;

public sealed class BitstampReaderTests
{
    [Fact]
    public void A_created_order_becomes_a_limit_order_in_cents_and_satoshi()
    {
        FlowEvent order = Assert.Single(Read(Created(17, "236.47", "2.00000001", 1)));

        Assert.Equal(
            (FlowAction.Limit, 17UL, Side.Sell, 23647L, 200000001UL),
            (order.Action, order.OrderId, order.Side, order.Price, order.Quantity));
    }

    [Theory]
    [InlineData("1.50000000")]
    [InlineData("0.00000000")]
    public void A_deleted_order_is_cancelled_whether_or_not_something_was_left(string left)
    {
        FlowEvent[] events = Read(Created(17, "236.47", "2.0", 0), Deleted(17, left));

        Assert.Equal([FlowAction.Limit, FlowAction.Cancel], events.Select(e => e.Action));
    }

    [Fact]
    public void An_order_older_than_the_log_is_not_cancelled() => Assert.Empty(Read(Deleted(3, "1.0")));

    [Fact]
    public void An_order_whose_deletion_came_first_does_not_rest()
    {
        FlowEvent order = Assert.Single(Read(Deleted(17, "0.0"), Created(17, "236.47", "2.0", 0)));

        Assert.Equal(FlowAction.ImmediateOrCancel, order.Action);
    }

    [Fact]
    public void Changes_trades_and_snapshots_become_nothing()
    {
        Assert.Empty(Read(
            """1430438404635 order_changed {"price": "236.47", "amount": "1.5", "datetime": "1", "id": 7, "order_type": 0}""",
            """1430438404645 trade {"price": 236.47, "amount": 9.9e-07, "id": 8111041}""",
            """1430438405885 order_book {"bids": [["236.47", "1.7"]], "asks": []}"""));
    }

    [Theory]
    [InlineData("1430438404635")]
    [InlineData("soon order_created {}")]
    [InlineData("1430438404635 order_created {}")]
    [InlineData("1430438404635 order_created {\"price\": \"1.001\", \"amount\": \"1\", \"id\": 1, \"order_type\": 0}")]
    [InlineData("1430438404635 order_created {\"price\": \"1.00\", \"amount\": \"1\", \"id\": 1, \"order_type\": 2}")]
    [InlineData("1430438404635 order_created {\"price\": 1.00, \"amount\": \"1\", \"id\": 1, \"order_type\": 0}")]
    [InlineData("1430438404635 order_created {\"price\": \"99999999999999999999999999\", \"amount\": \"1\", \"id\": 1, \"order_type\": 0}")]
    [InlineData("1430438404635 order_vanished {}")]
    public void A_bad_line_is_named(string line)
    {
        OrderFlowException refused = Assert.Throws<OrderFlowException>(() => Read(line));

        Assert.Equal(1, refused.Line);
    }

    private static string Created(int id, string price, string amount, int type) =>
        $$"""1430438404518 order_created {"price": "{{price}}", "amount": "{{amount}}", "id": {{id}}, "order_type": {{type}}}""";

    private static string Deleted(int id, string amount) =>
        $$"""1430438404637 order_deleted {"price": "236.47", "amount": "{{amount}}", "datetime": "1", "id": {{id}}, "order_type": 1}""";

    private static FlowEvent[] Read(params string[] lines) => [.. BitstampReader.Read(new StringReader(string.Join('\n', lines)))];
}
