using System.Buffers.Binary;
using DarkPool.Enclave.Sessions;
using DarkPool.Engine.Memory;

namespace DarkPool.Enclave.Outboxes;

/// <summary>
/// The reports of one session that its client has not acknowledged, and the place up to which its stream has read them.
/// Writer, reader and acknowledgements take turns on the executor's thread. Which page a report lies in is no part of the state.
/// </summary>
internal sealed class Outbox
{
    private const int LengthOffset = 10;
    private const int BlockOffset = 16;

    private readonly ReportPages _pages;
#pragma warning disable CS0169, IDE0051 // It keeps its place in memory and is never read.
    private readonly CacheLinePadding _padding;
#pragma warning restore CS0169, IDE0051
    private int _head = ReportPages.None;
    private int _tail = ReportPages.None;
    private int _readPage = ReportPages.None;
    private int _readOffset;
    private ulong _readNumber = 1;

    public Outbox(ReportPages pages) => _pages = pages;

    /// <summary>Number of the newest report.</summary>
    public ulong LastNumber { get; private set; }

    /// <summary>Every report up to this number may be forgotten.</summary>
    public ulong Acknowledged { get; private set; }

    public long Unacknowledged => (long)(LastNumber - Acknowledged);

    /// <summary>Reports that the stream has not taken.</summary>
    public long Unread => (long)(LastNumber + 1 - _readNumber);

    /// <summary>Continues with the numbers of a snapshot, before its reports are appended.</summary>
    public void StartAfter(ulong acknowledged)
    {
        LastNumber = acknowledged;
        Acknowledged = acknowledged;
        _readNumber = acknowledged + 1;
    }

    /// <summary>Room for the next report, which the caller fills at once with <see cref="LastNumber"/> as its number.</summary>
    public Span<byte> Append(int length)
    {
        if (_tail == ReportPages.None || ReportPages.PageSize - _pages.State(_tail).Used < length) AddPage();
        ref var tail = ref _pages.State(_tail);
        var report = _pages.Bytes(_tail).Slice(tail.Used, length);
        tail.Used += length;
        tail.LastNumber = ++LastNumber;
        return report;
    }

    /// <summary>Forgets reports up to a number; one beyond the last means the last. Returns how many were forgotten.</summary>
    public long Acknowledge(ulong number)
    {
        if (number <= Acknowledged) return 0;
        if (number > LastNumber) number = LastNumber;
        var forgotten = (long)(number - Acknowledged);
        Acknowledged = number;
        while (_head != _tail && _pages.State(_head).LastNumber <= number) DropHead();
        if (_head != ReportPages.None && Acknowledged == LastNumber) RewindOnlyPage();
        return forgotten;
    }

    /// <summary>Forgets everything and gives all memory back.</summary>
    public void Purge()
    {
        Acknowledge(LastNumber);
        if (_tail == ReportPages.None) return;
        _pages.Return(_tail);
        _head = _tail = _readPage = ReportPages.None;
    }

    /// <summary>The stream goes on at a report; one that is forgotten means the oldest that is not.</summary>
    public void ReadFrom(ulong number)
    {
        _readPage = _head;
        _readOffset = 0;
        _readNumber = _head == ReportPages.None ? LastNumber + 1 : FirstNumberOf(_head);
        number = Math.Clamp(number, Acknowledged + 1, LastNumber + 1);
        while (_readNumber < number) PassOver();
    }

    /// <summary>
    /// Takes the next whole reports of the stream that fit and stand together, of blocks up to the given one. Empty if there are none.
    /// </summary>
    public ReadOnlySpan<byte> TakeRun(int room, ulong lastBlock)
    {
        if (_readNumber > LastNumber) return default;
        if (_readPage == ReportPages.None) _readPage = _head;
        if (_readOffset == _pages.State(_readPage).Used)
        {
            _readPage = _pages.State(_readPage).Next;
            _readOffset = 0;
        }

        var rest = _pages.Bytes(_readPage)[_readOffset.._pages.State(_readPage).Used];

        // Where a report begins stands in the one before it: without the hint they would be fetched one after another.
        CacheHint.Prefetch(rest[..Math.Min(rest.Length, room)]);
        var run = 0;
        while (run < rest.Length)
        {
            var report = rest[run..];
            var length = BinaryPrimitives.ReadUInt16LittleEndian(report[LengthOffset..]);
            if (run + length > room || BinaryPrimitives.ReadUInt64LittleEndian(report[BlockOffset..]) > lastBlock) break;
            run += length;
            _readNumber++;
        }

        _readOffset += run;
        return rest[..run];
    }

    /// <summary>Gives every unacknowledged report to a visitor, oldest first.</summary>
    public void Visit(Action<ReadOnlySpan<byte>> visitor)
    {
        for (var page = _head; page != ReportPages.None; page = _pages.State(page).Next)
        {
            var rest = _pages.Bytes(page)[.._pages.State(page).Used];
            while (!rest.IsEmpty)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthOffset..]);
                if (BinaryPrimitives.ReadUInt64LittleEndian(rest) > Acknowledged) visitor(rest[..length]);
                rest = rest[length..];
            }
        }
    }

    /// <summary>Moves the stream over one report, which exists.</summary>
    private void PassOver()
    {
        if (_readOffset == _pages.State(_readPage).Used)
        {
            _readPage = _pages.State(_readPage).Next;
            _readOffset = 0;
        }

        _readOffset += BinaryPrimitives.ReadUInt16LittleEndian(_pages.Bytes(_readPage)[(_readOffset + LengthOffset)..]);
        _readNumber++;
    }

    private void AddPage()
    {
        var page = _pages.Rent();
        if (_tail == ReportPages.None) _head = page;
        else _pages.State(_tail).Next = page;
        _tail = page;
    }

    private void DropHead()
    {
        var dropped = _head;
        _head = _pages.State(dropped).Next;
        if (_readPage == dropped)
        {
            _readPage = _head;
            _readOffset = 0;
            _readNumber = _pages.State(dropped).LastNumber + 1;
        }

        _pages.Return(dropped);
    }

    /// <summary>Everything is acknowledged: the one page left starts again, still warm in the cache.</summary>
    private void RewindOnlyPage()
    {
        ref var page = ref _pages.State(_head);
        _pages.Bytes(_head)[..page.Used].Clear();
        page.Used = 0;
        _readPage = _head;
        _readOffset = 0;
        _readNumber = LastNumber + 1;
    }

    private ulong FirstNumberOf(int page) => _pages.State(page).Used == 0
        ? LastNumber + 1
        : BinaryPrimitives.ReadUInt64LittleEndian(_pages.Bytes(page));
}
