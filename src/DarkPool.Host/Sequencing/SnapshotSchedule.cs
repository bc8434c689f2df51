using DarkPool.Host.Hosting;
using DarkPool.Protocol.Blocks;

namespace DarkPool.Host.Sequencing;

/// <summary>When the enclave's state is sealed again, so that a restart replays little. Used by the block builder alone.</summary>
internal sealed class SnapshotSchedule(BlockSettings settings)
{
    private ulong _covered;
    private ulong _newest;
    private ulong _entries;

    /// <summary>Whether the log has blocks that the last snapshot does not cover.</summary>
    internal bool HasNews => _newest > _covered;

    /// <summary>An enclave was restored from a snapshot and a replay.</summary>
    internal void Begin(ulong covered, ulong newest) => (_covered, _newest, _entries) = (covered, newest, 0);

    /// <summary>Whether a snapshot is due after this block; if so, it counts as taken.</summary>
    internal bool IsDueAfter(in BlockHeader block)
    {
        _newest = block.Number;
        _entries += block.EntryCount;
        if (_entries < (ulong)settings.SnapshotEntries && _newest - _covered < (ulong)settings.SnapshotBlocks) return false;
        (_covered, _entries) = (_newest, 0);
        return true;
    }
}
