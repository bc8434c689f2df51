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

    /// <summary>The nodes of no level on top of a 0, with room for all that ever were one and for one more.</summary>
    private readonly PinnedBuffer<uint> _freeBuffer = new(SmallestStack);
    private uint* _freeTop;
    private uint _levelNodes;

    /// <summary>
    /// The level of a key, which is about to get an order at its end, if nothing is in the way; else 0: the window does not cover the key,
    /// or no node is free.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TryEnter(long key, OrderNode* nodes)
    {
        var step = _window.Scale.StepOf(key);
        var place = _window.PlaceOf(step);
        var standing = _window.Node(place);
        var before = *standing;
        var free = _freeTop;
        var isNew = (nint)(((long)before - 1) >> 63);
        var level = before | (*free & (uint)isNew);
        if (!_window.Covers(step) || level == 0) return 0;
        _freeTop = free + isNew;
        *standing = level;
        var sentinel = nodes + level;
        sentinel->Id = (ulong)key;
        sentinel->Owner = place;
        _window.Occupy(place);
        NoteBest(key, level);
        return level;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveNear(bool empty, uint level, uint place)
    {
        var isGone = Unsafe.BitCast<bool, byte>(empty);
        var free = _freeTop;
        free[1] = level;
        _freeTop = free + isGone;
        *_window.Node(place) = level & ((uint)isGone - 1);
        _window.VacateIf(empty, place);
    }

    /// <summary>A level's node for a key outside of the window.</summary>
    private uint TakeLevel(long key)
    {
        var level = *_freeTop--;
        _pool.Nodes[level].Id = (ulong)key;
        _pool.Nodes[level].Owner = OrderNode.FarPlace;
        _grain = PriceScale.Common(_grain, key, _bias);
        return level;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddFreeLevel()
    {
        var level = _pool.Rent();
        _pool.Nodes[level] = OrderNode.NewLevel(level, _side);
        if (++_levelNodes == _freeBuffer.Length - 1)
        {
            var height = _freeTop - _freeBuffer.Items;
            _freeBuffer.Grow(_freeBuffer.Length * 2);
            _freeTop = _freeBuffer.Items + height;
        }

        *++_freeTop = level;
    }
}
