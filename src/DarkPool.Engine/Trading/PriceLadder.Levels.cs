using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// Where levels get their nodes. Whether an order's level is new, and whether one that goes was its level's last, nobody can predict, so
/// neither is a branch: a level's node comes from a list and goes back to it by masks. The last to go back is the next to be used, so that
/// those in use are few and near.
/// </summary>
internal sealed unsafe partial class PriceLadder
{
    /// <summary>The first of the nodes of no level, each of which names the next: 0 if there is none.</summary>
    private uint _freeLevel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint EnterNear(long key, uint place)
    {
        ref var standing = ref _window.Node(place);
        var isNew = Mask(standing == 0);
        var free = _freeLevel;
        var level = standing | (free & isNew);
        ref var node = ref _pool.Nodes[level];
        _freeLevel = free ^ ((free ^ node.FreeLevel) & isNew);
        standing = level;
        node.Id = (ulong)key;
        node.LevelPlace = place;
        _window.Occupy(place);
        return level;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveNear(bool empty, uint level, long key, uint place)
    {
        var isGone = Mask(empty);
        var free = _freeLevel;
        _pool.Nodes[level].Id = (ulong)key ^ (((ulong)key ^ free) & (ulong)(int)isGone);
        _freeLevel = free ^ ((free ^ level) & isGone);
        _window.Node(place) = level & ~isGone;
        _window.VacateIf(empty, place);
    }

    /// <summary>A level's node for a key outside of the window.</summary>
    private uint TakeLevel(long key)
    {
        var level = _freeLevel;
        ref var node = ref _pool.Nodes[level];
        _freeLevel = node.FreeLevel;
        node.Id = (ulong)key;
        node.LevelPlace = OrderNode.FarPlace;
        _grain = PriceScale.Common(_grain, key, _bias);
        return level;
    }

    /// <summary>Gives back the node of a level that emptied.</summary>
    private void ReturnLevel(uint level)
    {
        _pool.Nodes[level].Id = _freeLevel;
        _freeLevel = level;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddFreeLevel()
    {
        var level = _pool.Rent();
        _pool.Nodes[level] = OrderNode.NewLevel(level, _side);
        _freeLevel = level;
    }

    /// <summary>All ones if so, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(bool condition) => 0U - Unsafe.BitCast<bool, byte>(condition);
}
