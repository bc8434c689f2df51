using DarkPool.Engine.Memory;
using DarkPool.Protocol.Blocks;

namespace DarkPool.Enclave.Opening;

/// <summary>
/// Entries of a block in the memory where they are opened: commands in place, plaintext over ciphertext, and what came of it in the
/// reserved byte of the entry's header, once that is hashed. What one core has written costs the other one a long wait for each cache line,
/// so everything that opening found out stands where the executor looks anyway.
/// </summary>
internal readonly ref struct OpenedEntries
{
    /// <summary>Bytes at the beginning of an entry that hold all of a usual command.</summary>
    private const int CommandBytes = 112;

    private readonly Span<byte> _block;

    /// <summary>One more than entries: the last one tells where the block ends.</summary>
    private readonly ReadOnlySpan<int> _offsets;

    public OpenedEntries(Span<byte> block, ReadOnlySpan<int> offsets)
    {
        _block = block;
        _offsets = offsets;
    }

    public int Count => _offsets.Length - 1;

    public EntryKind Kind(int index) => (EntryKind)_block[_offsets[index] + 1];

    /// <summary>What opening found; of an entry that is no envelope, and is never opened, <see cref="EntryState.Public"/>.</summary>
    public EntryState State(int index) => (EntryState)_block[_offsets[index]];

    public void SetState(int index, EntryState state) => _block[_offsets[index]] = (byte)state;

    /// <summary>Data of an entry; of an opened command, the envelope with plaintext in place of ciphertext.</summary>
    public Span<byte> Data(int index) => _block[(_offsets[index] + BlockLimits.EntryHeaderSize).._offsets[index + 1]];

    /// <summary>Starts to bring a whole entry near.</summary>
    public void Prefetch(int index) => CacheHint.Prefetch(_block[_offsets[index].._offsets[index + 1]]);

    /// <summary>
    /// Starts to bring what is read of an opened command near: another core has just written it, and fetching its lines one by one when
    /// they are read costs more than carrying it out.
    /// </summary>
    public void PrefetchCommand(int index) =>
        CacheHint.Prefetch(_block.Slice(_offsets[index], Math.Min(CommandBytes, _offsets[index + 1] - _offsets[index])));
}
