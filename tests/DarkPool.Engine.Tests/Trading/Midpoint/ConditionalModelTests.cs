using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>Conditional orders against the plain desk: every invitation, trade and end, and every firm order beside them.</summary>
[Properties(Arbitrary = [typeof(MidpointFlows)], MaxTest = 25)]
public sealed class ConditionalModelTests
{
    private const long Wait = 300;
    private const uint Floor = 6_000;

    [Property]
    public void Every_event_and_all_orders_are_those_of_the_plain_desk(MidpointFlow flow)
    {
        var (book, plainBook) = (new MidpointBook(), new PlainMidpointBook());
        var (desk, plain) = (new ConditionalBook(book), new PlainConditionalDesk(plainBook));
        var (told, expected) = (new RecordingConditionalSink(), new RecordingConditionalSink());
        var (fills, expectedFills) = (new RecordingBookSink(), new RecordingBookSink());
        var now = 0L;
        foreach (var step in flow.Steps)
        {
            now += step.Elapsed;
            if (IsFree(step, desk)) MidpointModelTests.Apply(step, book, ref fills);
            if (IsFree(step, desk)) MidpointModelTests.Apply(step, plainBook, ref expectedFills);
            Apply(step, desk, book, now, ref told, ref fills);
            plain.Apply(step, now, Wait, Floor, expected, ref expectedFills);
            Assert.Equal(expected.Events, told.Events);
            Assert.Equal(expectedFills.Events, fills.Events);
            foreach (var events in new System.Collections.IList[] { told.Events, expected.Events, fills.Events, expectedFills.Events })
                events.Clear();
        }

        Assert.Equal(plainBook.Resting.Select(order => order.Present), book.Orders());
        Assert.Equal(plain.Orders.Select(order => order.Order), desk.Orders.ToArray());
        Assert.Equal(plain.Records.OrderBy(record => record.Key), desk.Records);
    }

    [Property]
    public void A_restored_desk_goes_on_as_the_first(MidpointFlow flow)
    {
        var book = new MidpointBook();
        var desk = new ConditionalBook(book);
        var (told, expected, ignored) = (new RecordingConditionalSink(), new RecordingConditionalSink(), default(CountingBookSink));
        var (half, now) = (flow.Steps.Length / 2, 0L);
        foreach (var step in flow.Steps[..half])
        {
            now += step.Elapsed;
            if (IsFree(step, desk)) MidpointModelTests.Apply(step, book, ref ignored);
            Apply(step, desk, book, now, ref told, ref ignored);
        }

        var otherBook = new MidpointBook();
        otherBook.Refer(book.Reference, default(AnyCounterparty), ref ignored);
        foreach (var order in book.Orders()) Assert.True(otherBook.Restore(order));
        var other = new ConditionalBook(otherBook);
        other.Restore(desk.Round, desk.Deadline, desk.Orders, desk.Records);
        told.Events.Clear();
        foreach (var step in flow.Steps[half..])
        {
            now += step.Elapsed;
            if (IsFree(step, desk)) MidpointModelTests.Apply(step, book, ref ignored);
            if (IsFree(step, other)) MidpointModelTests.Apply(step, otherBook, ref ignored);
            Apply(step, desk, book, now, ref expected, ref ignored);
            Apply(step, other, otherBook, now, ref told, ref ignored);
        }

        Assert.Equal(expected.Events, told.Events);
        Assert.Equal(book.Orders(), otherBook.Orders());
        Assert.Equal(desk.Records, other.Records);
    }

    private static Price LimitOf(ConditionalBook desk, ulong id) => desk.TryFind(id, out var order) ? order.Limit : default;

    /// <summary>Ids are one space: a firm order does not take the id of a conditional one.</summary>
    private static bool IsFree(MidpointStep step, ConditionalBook desk) => !desk.TryFind(step.Order.Id, out _);

    private static void Apply<TFills>(
        MidpointStep step, ConditionalBook desk, MidpointBook book, long now, ref RecordingConditionalSink sink, ref TFills fills)
        where TFills : struct, IBookSink
    {
        if (step.Kind == MidpointStepKind.PlaceConditional) sink.Answer(desk.Place(PlainConditionalDesk.OrderOf(step), ref sink));
        var (id, quantity) = PlainConditionalDesk.AnswerOf(step, desk.Orders.ToArray());
        if (step.Kind == MidpointStepKind.FirmUp) sink.Answer(desk.FirmUp(id, quantity, LimitOf(desk, id), ref sink));
        if (step.Kind == MidpointStepKind.CancelConditional)
            sink.Answer(desk.Cancel(id, CancelReason.Requested, Floor, now, ref sink));

        if (desk.IsOver(now))
        {
            desk.EndRound(now, Floor, step.Filter, ref sink);
            book.MeetAgain(step.Filter, ref fills);
        }

        desk.Invite(now, Wait, step.Filter, ref sink);
    }
}
