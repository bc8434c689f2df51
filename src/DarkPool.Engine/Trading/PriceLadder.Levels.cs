using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading;

/// <summary>
/// Where levels get their nodes. Whether an order's level is new, and whether one that goes was its level's last, nobody can predict, so
/// neither is a branch: the stack of free nodes is read and written in any case, and its height tells whether that counts. The last node
/// to come back is the next to be used, so that those in use are few and near. A node that was a level once never becomes an order again.
/// </summary>
internal sealed unsafe partial class PriceLadder
{
    private const int SmallestStack = 64;

    /// <summary>The nodes of no level, with room for all that ever were one and for one more.</summary>
    private readonly PinnedBuffer<uint> _freeBuffer = new(SmallestStack);
    private uint* _free;
    private uint _freeCount;
    private uint _levelNodes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint EnterNear(long key, uint place)
    {
        ref var standing = ref _window.Node(place);
        var isNew = Mask(standing == 0);
        var level = standing | (_free[_freeCount - 1] & isNew);
        _freeCount += isNew;
        standing = level;
        _pool.Nodes[level].Id = (ulong)key;
        _pool.Nodes[level].Owner = OrderNode.LevelOwner(_side, place);
        _window.Occupy(place);
        return level;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveNear(bool empty, uint level, uint place)
    {
        var isGone = Mask(empty);
        _free[_freeCount] = level;
        _freeCount -= isGone;
        _window.Node(place) = level & ~isGone;
        _window.VacateIf(empty, place);
    }

    /// <summary>A level's node for a key outside of the window.</summary>
    private uint TakeLevel(long key)
    {
        var level = _free[--_freeCount];
        _pool.Nodes[level].Id = (ulong)key;
        _pool.Nodes[level].Owner = OrderNode.LevelOwner(_side, OrderNode.FarPlace);
        _grain = PriceScale.Common(_grain, key, _bias);
        return level;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddFreeLevel()
    {
        var level = _pool.Rent();
        _pool.Nodes[level] = OrderNode.NewLevel(level);
        if (++_levelNodes == _freeBuffer.Length)
        {
            _freeBuffer.Grow(_freeBuffer.Length * 2);
            _free = _freeBuffer.Items;
        }

        _free[_freeCount++] = level;
    }

    /// <summary>All ones, which is less by one, if so; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(bool condition) => 0U - Unsafe.BitCast<bool, byte>(condition);
}
