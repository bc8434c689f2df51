using System.Runtime.InteropServices;

namespace DarkPool.Enclave.Outboxes;

/// <summary>
/// Memory of all outboxes: pages of 4 KiB out of slabs of 1 MiB, chained by index. A page that comes back is zeroed, so that one
/// session's reports never lie in another's page. Grows, never shrinks; in steady state it allocates nothing.
/// </summary>
internal sealed class ReportPages
{
    public const int PageSize = 4096;
    public const int None = -1;

    private const int PagesPerSlab = 256;

    private readonly List<byte[]> _slabs = [];
    private readonly Stack<int> _free = new();
    private PageState[] _states = [];

    /// <summary>Pages in use.</summary>
    public int InUse { get; private set; }

    public int Rent()
    {
        if (_free.Count == 0) AddSlab();
        var page = _free.Pop();
        _states[page] = new PageState { Next = None };
        InUse++;
        return page;
    }

    public void Return(int page)
    {
        Bytes(page)[.._states[page].Used].Clear();
        _free.Push(page);
        InUse--;
    }

    public Span<byte> Bytes(int page) =>
        CollectionsMarshal.AsSpan(_slabs)[page / PagesPerSlab].AsSpan(page % PagesPerSlab * PageSize, PageSize);

    public ref PageState State(int page) => ref _states[page];

    private void AddSlab()
    {
        var first = _slabs.Count * PagesPerSlab;
        _slabs.Add(new byte[PagesPerSlab * PageSize]);
        Array.Resize(ref _states, first + PagesPerSlab);
        _free.EnsureCapacity(first + PagesPerSlab);
        for (var page = first + PagesPerSlab - 1; page >= first; page--) _free.Push(page);
    }

    /// <summary>What an outbox knows of one of its pages.</summary>
    internal struct PageState
    {
        /// <summary>The page after it; <see cref="None"/> at the end.</summary>
        public int Next;

        /// <summary>Bytes of reports in it.</summary>
        public int Used;

        /// <summary>Number of its last report.</summary>
        public ulong LastNumber;
    }
}
