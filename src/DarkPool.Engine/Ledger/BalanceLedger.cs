using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Ledger;

/// <summary>
/// The one ledger: who has how much of what, free and held. Every movement has two ends, either both here or one here and one in the
/// vault, so the cells of an asset always add up to what was deposited of it. That sum fits 128 bits, hence so does every part of it:
/// additions cannot overflow, and subtractions are checked. A cell is opened once and keeps its number; number 0 means none.
/// </summary>
internal sealed unsafe class BalanceLedger
{
    private const int SmallestCapacity = 64;

    private static readonly HashKey CellHash = new(0);

    private readonly PinnedBuffer<LedgerCell> _cells = new(SmallestCapacity);
    private readonly PinnedBuffer<uint> _firstOfAccount = new(SmallestCapacity);
    private readonly SlotIndex _index = new(SmallestCapacity);
    private readonly UInt128[] _deposited = new UInt128[VenueLimits.MaxAssets];
    private uint[] _touched = new uint[SmallestCapacity];
    private uint _generation = 1;

    /// <summary>Count of cells; their numbers are 1 to this.</summary>
    public uint Count { get; private set; }

    /// <summary>The cells that moved in this block, in the order of their first movement.</summary>
    public ReadOnlySpan<uint> Touched => _touched.AsSpan(0, TouchedCount);

    private int TouchedCount { get; set; }

    /// <summary>All that was ever deposited of an asset and is still here.</summary>
    public UInt128 Deposited(uint asset) => _deposited[asset];

    /// <summary>A cell.</summary>
    public ref readonly LedgerCell this[uint cell] => ref _cells.Items[cell];

    /// <summary>The account's cell of an asset, or 0 if it never had any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint account, uint asset) => _index.Find(HashOf(account, asset), new CellMatch(_cells.Items, account, asset));

    /// <summary>The account's cell of an asset, opened if need be.</summary>
    public uint FindOrOpen(uint account, uint asset)
    {
        var cell = Find(account, asset);
        return cell != 0 ? cell : Open(account, asset);
    }

    /// <summary>The account's cell of its lowest asset, or 0.</summary>
    public uint FirstOf(uint account) => account < _firstOfAccount.Length ? _firstOfAccount.Items[account] : 0;

    /// <summary>Credits what the vault took in; false if all deposits of the asset together would exceed 128 bits.</summary>
    public bool TryDeposit(uint account, uint asset, UInt128 amount, out uint cell)
    {
        cell = 0;
        if (UInt128.MaxValue - _deposited[asset] < amount) return false;
        _deposited[asset] += amount;
        cell = FindOrOpen(account, asset);
        Move(cell).Available += amount;
        return true;
    }

    /// <summary>Makes free money held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Hold(uint cell, UInt128 amount)
    {
        ref var moved = ref Move(cell);
        if (moved.Available < amount) ThrowShort();
        moved.Available -= amount;
        moved.Held += amount;
    }

    /// <summary>Makes held money free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(uint cell, UInt128 amount)
    {
        ref var moved = ref Move(cell);
        if (moved.Held < amount) ThrowShort();
        moved.Held -= amount;
        moved.Available += amount;
    }

    /// <summary>Moves held money of one account into free money of another; both cells are of one asset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pay(uint from, uint to, UInt128 amount)
    {
        ref var payer = ref Move(from);
        if (payer.Held < amount) ThrowShort();
        payer.Held -= amount;
        Move(to).Available += amount;
    }

    /// <summary>Starts a block: nothing has moved yet.</summary>
    public void BeginBlock()
    {
        TouchedCount = 0;
        _generation++;
        if (_generation != 0) return;
        for (uint cell = 1; cell <= Count; cell++) _cells.Items[cell].Touched = 0;
        _generation = 1;
    }

    /// <summary>Puts back a cell as a snapshot has it. Cells come in the order of their numbers.</summary>
    /// <returns>False if the balances of the asset would exceed 128 bits.</returns>
    public bool TryRestore(uint account, uint asset, UInt128 available, UInt128 held)
    {
        var room = UInt128.MaxValue - _deposited[asset];
        if (available > room || held > room - available) return false;
        _deposited[asset] += available + held;
        var number = Open(account, asset);
        ref var cell = ref _cells.Items[number];
        (cell.Available, cell.Held) = (available, held);
        return true;
    }

    private static uint HashOf(uint account, uint asset) => CellHash.Of(((ulong)account << 32) | asset);

    private static void ThrowShort() => throw new InvalidOperationException("More would move than is there.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref LedgerCell Move(uint cell)
    {
        ref var moved = ref _cells.Items[cell];
        if (moved.Touched != _generation) Touch(cell);
        return ref moved;
    }

    private void Touch(uint cell)
    {
        _cells.Items[cell].Touched = _generation;
        if (TouchedCount == _touched.Length) Array.Resize(ref _touched, _touched.Length * 2);
        _touched[TouchedCount++] = cell;
    }

    private uint Open(uint account, uint asset)
    {
        var number = ++Count;
        if (number == _cells.Length) _cells.Grow(_cells.Length * 2);
        if (account >= _firstOfAccount.Length) _firstOfAccount.Grow(Math.Max(account + 1L, _firstOfAccount.Length * 2));
        ref var link = ref _firstOfAccount.Items[account];
        while (link != 0 && _cells.Items[link].Asset < asset) link = ref _cells.Items[link].NextOfAccount;
        _cells.Items[number] = new LedgerCell { Account = account, Asset = asset, NextOfAccount = link };
        link = number;
        _index.Add(HashOf(account, asset), number);
        return number;
    }

    private readonly struct CellMatch(LedgerCell* cells, uint account, uint asset) : ISlotMatch
    {
        public bool Matches(uint slot) => cells[slot].Account == account && cells[slot].Asset == asset;
    }
}
