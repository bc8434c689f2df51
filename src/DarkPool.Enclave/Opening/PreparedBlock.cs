using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Opening;

/// <summary>
/// A block on its way to the executor: its form is checked, its entries are hashed and its envelopes opened by many threads, in chunks that
/// are subtrees of the Merkle tree. Reused for block after block.
/// </summary>
internal sealed class PreparedBlock : ChunkedJob, IDisposable
{
    /// <summary>Entries of a chunk, a power of two: 40 microseconds of work, against 1 for handing it over.</summary>
    public const int EntriesPerChunk = 128;

    /// <summary>Levels of the tree that a chunk hashes itself; above, too few nodes are left to fill the lanes.</summary>
    private const int LevelsPerChunk = 4;

    private const int NodesPerChunk = EntriesPerChunk >> LevelsPerChunk;

    /// <summary>Entries that are hashed side by side.</summary>
    private const int EntriesPerHash = 16;

    private readonly EnvelopeOpener _opener;
    private readonly int[] _offsets = new int[BlockLimits.MaxEntries + 1];
    private readonly OpenedHello?[] _hellos = new OpenedHello?[BlockLimits.MaxEntries];
    private readonly Bytes32[] _leaves = new Bytes32[BlockLimits.MaxEntries];
    private readonly Bytes32[] _nodes = new Bytes32[BlockLimits.MaxEntries / EntriesPerChunk * NodesPerChunk];
    private Memory<byte> _block;

    public PreparedBlock(EnvelopeOpener opener) => _opener = opener;

    /// <summary>The block's header; like all the rest, there when the job is complete.</summary>
    public BlockHeader Header { get; private set; }

    /// <summary>What is wrong with the block's form; then nothing was hashed or opened.</summary>
    public BlockFault Fault { get; private set; }

    public int Count { get; private set; }

    /// <summary>Head of the log after the block.</summary>
    public Bytes32 Head { get; private set; }

    /// <summary>Makes a block ready to be worked on; its bytes belong to this object until the next call.</summary>
    public void Begin(Memory<byte> block)
    {
        _block = block;
        Count = 0;
        Arm(1);
    }

    /// <summary>Waits for the last chunk, helping.</summary>
    /// <returns>Whether the entries have the root that the header states.</returns>
    public bool FinishAndCheckRoot()
    {
        Complete();
        if (Fault != BlockFault.None) return false;
        if (Count == 0) return Header.EntriesRoot == BlockHash.OfNothing;
        var nodes = ((Count - 1) >> LevelsPerChunk) + 1;
        return EntriesRoot.Compute(_nodes.AsSpan(0, nodes)) == Header.EntriesRoot;
    }

    /// <summary>The entries; void after the next <see cref="Begin"/>.</summary>
    public OpenedEntries Entries => new(_block.Span, _offsets.AsSpan(0, Count + 1));

    public OpenedHello TakeHello(int index)
    {
        var hello = _hellos[index] ?? throw new InvalidOperationException("The entry is not an opened hello.");
        _hellos[index] = null;
        return hello;
    }

    /// <summary>Opens a command again whose session was not known when the block was prepared.</summary>
    public EntryState OpenLate(int index)
    {
        Open(Entries, index);
        return Entries.State(index);
    }

    /// <summary>
    /// Zeros the keys of hellos that nobody took, because their block was refused or never executed. No chunk may be under way.
    /// </summary>
    public void Dispose()
    {
        foreach (var hello in _hellos) hello?.Keys.Dispose();
    }

    /// <summary>The first chunk finds the entries, which are the chunks after it.</summary>
    protected override void RunChunk(int chunk)
    {
        if (chunk == 0) FindEntries();
        else HashAndOpen(chunk - 1);
    }

    private void FindEntries()
    {
        Fault = BlockReader.Open(_block.Span, _offsets, out var reader);
        if (Fault != BlockFault.None) return;
        Header = reader.Header;
        Head = BlockHash.OfHeader(_block.Span[..BlockHeader.Size]);
        Count = (int)Header.EntryCount;
        if (Count > 0) Extend((Count + EntriesPerChunk - 1) / EntriesPerChunk);
    }

    private void HashAndOpen(int chunk)
    {
        var entries = Entries;
        var first = chunk * EntriesPerChunk;
        var end = Math.Min(first + EntriesPerChunk, Count);
        var leaves = _leaves.AsSpan(first, end - first);
        for (var from = first; from < end; from += EntriesPerHash)
        {
            // Hashing reads its entries side by side from their beginnings, which no processor foresees.
            var until = Math.Min(from + EntriesPerHash, end);
            for (var ahead = until; ahead < Math.Min(until + EntriesPerHash, end); ahead++) entries.Prefetch(ahead);
            EntryHashes.Compute(_block.Span, _offsets.AsSpan(from, until - from), leaves[(from - first)..]);
        }

        ReduceLevels(leaves, _nodes.AsSpan(chunk * NodesPerChunk));
        for (var index = first; index < end; index++)
        {
            if (entries.Kind(index) == EntryKind.Envelope) Open(entries, index);
        }
    }

    private void Open(in OpenedEntries entries, int index)
    {
        entries.SetState(index, _opener.Open(entries.Data(index), out var hello));
        if (hello is null) return;
        _hellos[index]?.Keys.Dispose();
        _hellos[index] = hello;
    }

    private static void ReduceLevels(Span<Bytes32> nodes, Span<Bytes32> result)
    {
        for (var level = 0; level < LevelsPerChunk; level++)
        {
            EntriesRoot.HashLevel(nodes, nodes);
            nodes = nodes[..((nodes.Length + 1) / 2)];
        }

        nodes.CopyTo(result);
    }
}
