using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Protocol.Reports;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Enclave.Tests.Sessions;

public class SessionTableTests
{
    private static readonly ReportPages Pages = new();

    [Property(MaxTest = 200)]
    public void A_table_behaves_like_a_dictionary(ushort[] numbers, bool[] removals)
    {
        var table = new SessionTable();
        var model = new SortedDictionary<ulong, Session>();
        for (var i = 0; i < numbers.Length; i++)
        {
            ulong number = numbers[i] * 65_536ul;
            if (model.Remove(number, out var known)) table.Remove(known);
            if (i < removals.Length && removals[i]) continue;
            model.Add(number, New(number));
            table.Add(model[number]);
        }

        Assert.Equal(model.Count, table.Count);
        Assert.Equal(model.Values, table.InOrder());
        foreach (var number in numbers) Assert.Same(model.GetValueOrDefault(number * 65_536ul), table.Find(number * 65_536ul));
    }

    [Fact]
    public void The_session_silent_longest_is_found_and_the_lowest_number_among_equals()
    {
        var table = new SessionTable();
        foreach (var (number, heard) in ((ulong, ulong)[])[(9, 4), (7, 3), (5, 3), (8, 5)])
        {
            var session = New(number);
            session.LastHeardBlock = heard;
            table.Add(session);
        }

        Assert.Equal(5ul, table.LeastRecentlyHeard().Number);
    }

    [Fact]
    public void A_full_table_takes_no_more()
    {
        var table = new SessionTable();
        for (ulong number = 1; number <= SessionLimits.MaxSessions; number++) table.Add(New(number));

        Assert.Throws<InvalidOperationException>(() => table.Add(New(1_000_000)));
    }

    [Fact]
    public void A_hello_is_remembered_until_the_memory_is_full()
    {
        var memory = new HelloMemory();
        for (var i = 0; i < HelloMemory.Capacity; i++) Assert.True(memory.TryAdd((UInt128)i));
        Assert.False(memory.TryAdd(0));
        Assert.True(memory.TryAdd(HelloMemory.Capacity));
        Assert.Equal(HelloMemory.Capacity, memory.Count);
        Assert.True(memory.TryAdd(0));
        Assert.False(memory.TryAdd(2));
    }

    private static Session New(ulong number) => new()
    {
        Number = number,
        Account = 0,
        KeyEpoch = 1,
        RateClass = RateClass.Slow,
        Keys = null!,
        Outbox = new Outbox(Pages),
    };
}
