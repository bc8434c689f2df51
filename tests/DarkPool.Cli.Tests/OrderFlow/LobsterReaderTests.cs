using DarkPool.Cli.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Tests.OrderFlow;

public sealed class LobsterReaderTests
{
    [Fact]
    public void A_submission_becomes_a_limit_order()
    {
        FlowEvent order = Assert.Single(Read("34200.017459617,1,5376,21,5859400,-1"));

        Assert.Equal(new FlowEvent(34200017459, FlowAction.Limit, 5376, Side.Sell, 5859400, 21), order);
    }

    [Fact]
    public void A_deletion_becomes_a_cancel_only_if_the_submission_was_seen()
    {
        FlowEvent[] events = Read("1.0,1,7,10,100,1", "2.0,3,7,10,100,1", "3.0,3,8,10,100,1");

        Assert.Equal([FlowAction.Limit, FlowAction.Cancel], events.Select(e => e.Action));
        Assert.Equal(7UL, events[1].OrderId);
    }

    [Fact]
    public void A_run_of_executions_becomes_one_immediate_order_on_the_other_side()
    {
        FlowEvent[] events = Read("5.5,4,1,10,100,-1", "5.5,4,2,20,101,-1", "5.5,4,3,5,102,-1");

        FlowEvent order = Assert.Single(events);
        Assert.Equal((FlowAction.ImmediateOrCancel, Side.Buy, 102L, 35UL), (order.Action, order.Side, order.Price, order.Quantity));
    }

    [Theory]
    [InlineData("5.5,4,1,10,100,-1", "5.6,4,2,20,101,-1")]
    [InlineData("5.5,4,1,10,100,-1", "5.5,4,2,20,101,1")]
    public void Another_time_or_direction_ends_a_run(string first, string second)
    {
        FlowEvent[] events = Read(first, second);

        Assert.Equal(2, events.Length);
        Assert.NotEqual(events[0].OrderId, events[1].OrderId);
    }

    [Fact]
    public void A_row_between_two_executions_ends_the_run_before_it()
    {
        FlowEvent[] events = Read("5.5,4,1,10,100,-1", "5.5,1,9,1,90,1", "5.5,4,2,20,101,-1");

        Assert.Equal([FlowAction.ImmediateOrCancel, FlowAction.Limit, FlowAction.ImmediateOrCancel], events.Select(e => e.Action));
    }

    [Fact]
    public void Partial_cancels_hidden_executions_and_halts_become_nothing()
    {
        Assert.Empty(Read("1.0,2,7,10,100,1", "2.0,5,0,10,100,1", "3.0,7,0,0,-1,-1"));
    }

    [Theory]
    [InlineData("1.0,1,7,10", 1)]
    [InlineData("1.0,9,7,10,100,1", 1)]
    [InlineData("1.0,1,7,0,100,1", 1)]
    [InlineData("1.0,1,7,10,-100,1", 1)]
    [InlineData("1.0,1,7,10,100,2", 1)]
    [InlineData("x,1,7,10,100,1", 1)]
    [InlineData("1.0,1,7,10,100,1\n1.0,1,seven,10,100,1", 2)]
    public void A_bad_row_is_named_by_its_line(string text, long line)
    {
        OrderFlowException refused = Assert.Throws<OrderFlowException>(() => LobsterReader.Read(new StringReader(text)).ToArray());

        Assert.Equal(line, refused.Line);
    }

    private static FlowEvent[] Read(params string[] lines) => [.. LobsterReader.Read(new StringReader(string.Join('\n', lines)))];
}
