using DarkPool.Enclave.Sessions;
using DarkPool.Engine.Memory;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Enclave.Opening;

/// <summary>
/// A block on its way to the executor: its entries are hashed and its envelopes opened by many threads, in chunks that are subtrees of the
/// Merkle tree. Commands are opened in place: the plaintext overwrites the ciphertext, which has been hashed just before. Reused for
/// block after block.
/// </summary>
internal sealed class PreparedBlock : ChunkedJob
{
    /// <summary>Entries of a chunk, a power of two: 70 microseconds of work, against 1 for handing it over.</summary>
    public const int EntriesPerChunk = 128;

    /// <summary>Levels of the tree that a chunk hashes itself; above, too few nodes are left to fill the lanes.</summary>
    private const int LevelsPerChunk = 4;

    private const int NodesPerChunk = EntriesPerChunk >> LevelsPerChunk;

    /// <summary>Bytes at the beginning of an entry that hold all of a usual command.</summary>
    private const int CommandBytes = 128;

    private readonly EnvelopeOpener _opener;
    private readonly int[] _offsets = new int[BlockLimits.MaxEntries + 1];
    private readonly EntryState[] _states = new EntryState[BlockLimits.MaxEntries];
    private readonly Session?[] _sessions = new Session?[BlockLimits.MaxEntries];
    private readonly OpenedHello?[] _hellos = new OpenedHello?[BlockLimits.MaxEntries];
    private readonly Bytes32[] _leaves = new Bytes32[BlockLimits.MaxEntries];
    private readonly Bytes32[] _nodes = new Bytes32[BlockLimits.MaxEntries / EntriesPerChunk * NodesPerChunk];
    private Memory<byte> _block;

    public PreparedBlock(EnvelopeOpener opener) => _opener = opener;

    public BlockHeader Header { get; private set; }

    /// <summary>What is wrong with the block's form; then nothing was hashed or opened.</summary>
    public BlockFault Fault { get; private set; }

    public int Count { get; private set; }

    /// <summary>Head of the log after the block.</summary>
    public Bytes32 Head { get; private set; }

    public ReadOnlySpan<EntryState> States => _states.AsSpan(0, Count);

    /// <summary>
    /// Checks the form of a block and makes it ready to be worked on; the block's bytes belong to this object until the next call.
    /// </summary>
    public void Begin(Memory<byte> block)
    {
        Clear();
        _block = block;
        Fault = BlockReader.Open(block.Span, _offsets, out var reader);
        Count = 0;
        if (Fault == BlockFault.None)
        {
            Header = reader.Header;
            Count = (int)Header.EntryCount;
            Head = BlockHash.OfHeader(block.Span[..BlockHeader.Size]);
        }

        Arm((Count + EntriesPerChunk - 1) / EntriesPerChunk);
    }

    /// <summary>Waits for the last chunk, helping.</summary>
    /// <returns>Whether the entries have the root that the header states.</returns>
    public bool FinishAndCheckRoot()
    {
        Complete();
        if (Count == 0) return Header.EntriesRoot == BlockHash.OfNothing;
        var nodes = ((Count - 1) >> LevelsPerChunk) + 1;
        return EntriesRoot.Compute(_nodes.AsSpan(0, nodes)) == Header.EntriesRoot;
    }

    /// <summary>Data of an entry; of an opened command, the envelope with plaintext in place of ciphertext.</summary>
    public Span<byte> Data(int index) =>
        _block.Span[(_offsets[index] + BlockLimits.EntryHeaderSize).._offsets[index + 1]];

    /// <summary>
    /// Starts to bring an opened command near: another core has just written it, and fetching its lines one by one when they are read
    /// costs more than carrying it out.
    /// </summary>
    public void Prefetch(int index)
    {
        var entry = Entry(index);
        CacheHint.Prefetch(entry[..Math.Min(CommandBytes, entry.Length)]);
    }

    public EntryKind Kind(int index) => (EntryKind)_block.Span[_offsets[index] + 1];

    /// <summary>The session whose key opened, or should have opened, a command.</summary>
    public Session? SessionOf(int index) => _sessions[index];

    public OpenedHello TakeHello(int index)
    {
        var hello = _hellos[index] ?? throw new InvalidOperationException("The entry is not an opened hello.");
        _hellos[index] = null;
        return hello;
    }

    /// <summary>Opens a command again whose session was not known when the block was prepared.</summary>
    public EntryState OpenLate(int index)
    {
        _states[index] = _opener.Open(Data(index), out _sessions[index], out _hellos[index]);
        return _states[index];
    }

    protected override void RunChunk(int chunk)
    {
        var first = chunk * EntriesPerChunk;
        var count = Math.Min(EntriesPerChunk, Count - first);
        var leaves = _leaves.AsSpan(first, count);
        EntryHashes.Compute(_block.Span, _offsets.AsSpan(first, count), leaves);
        ReduceLevels(leaves, _nodes.AsSpan(chunk * NodesPerChunk));
        for (var index = first; index < first + count; index++)
        {
            // Hashing reads sixteen entries at a time from their beginning, which no processor foresees: the next chunk comes near here.
            if (index + EntriesPerChunk < Count) CacheHint.Prefetch(Entry(index + EntriesPerChunk));
            _states[index] = Kind(index) == EntryKind.Envelope
                ? _opener.Open(Data(index), out _sessions[index], out _hellos[index])
                : EntryState.Public;
        }
    }

    private ReadOnlySpan<byte> Entry(int index) => _block.Span[_offsets[index].._offsets[index + 1]];

    private static void ReduceLevels(Span<Bytes32> nodes, Span<Bytes32> result)
    {
        for (var level = 0; level < LevelsPerChunk; level++)
        {
            EntriesRoot.HashLevel(nodes, nodes);
            nodes = nodes[..((nodes.Length + 1) / 2)];
        }

        nodes.CopyTo(result);
    }

    /// <summary>Lets go of sessions, and of hellos that nobody took because the block before them was refused.</summary>
    private void Clear()
    {
        foreach (var hello in _hellos.AsSpan(0, Count)) hello?.Keys.Dispose();
        _hellos.AsSpan(0, Count).Clear();
        _sessions.AsSpan(0, Count).Clear();
    }
}
