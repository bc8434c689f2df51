using System.Runtime.InteropServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Ledger;

/// <summary>From opaque 32-byte account keys to dense indices from 0, and back. Accounts are never removed.</summary>
internal sealed unsafe class AccountDirectory(HashKey hash)
{
    /// <summary>Bytes of an account's key.</summary>
    public const int KeySize = 32;

    private const int SmallestCapacity = 64;

    private readonly PinnedBuffer<byte> _keys = new(SmallestCapacity * KeySize);
    private readonly SlotIndex _index = new(SmallestCapacity);

    /// <summary>Count of accounts.</summary>
    public uint Count { get; private set; }

    /// <summary>An account's key. Void after the next account is added.</summary>
    public ReadOnlySpan<byte> KeyOf(uint account)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, Count);
        return Key(account);
    }

    /// <summary>The index of a key that is there.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, out uint account)
    {
        var slot = _index.Find(HashOf(key), new KeyMatch(this, key));
        account = slot - 1;
        return slot != 0;
    }

    /// <summary>Adds a key that is not there.</summary>
    public uint Add(ReadOnlySpan<byte> key)
    {
        if ((Count + 1L) * KeySize > _keys.Length) _keys.Grow(_keys.Length * 2);
        var account = Count++;
        key.CopyTo(new Span<byte>(_keys.Items + ((nuint)account * KeySize), KeySize));
        _index.Add(HashOf(key), account + 1);
        return account;
    }

    private ReadOnlySpan<byte> Key(uint account) => new(_keys.Items + ((nuint)account * KeySize), KeySize);

    private uint HashOf(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize) throw new ArgumentException("An account's key has 32 bytes.", nameof(key));
        var words = MemoryMarshal.Cast<byte, ulong>(key);
        return hash.Of(words[0], words[1]) + hash.Of(words[2], words[3]);
    }

    private readonly ref struct KeyMatch(AccountDirectory directory, ReadOnlySpan<byte> key) : ISlotMatch
    {
        private readonly ReadOnlySpan<byte> _key = key;

        public bool Matches(uint slot) => directory.Key(slot - 1).SequenceEqual(_key);
    }
}
