using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Engine.Ledger;

namespace DarkPool.Engine.Settlement;

/// <summary>
/// The Merkle tree over what every account owns (docs/PROTOCOL.md section 9; RFC 9162 section 2.1.1): accounts in ascending key order, a
/// leaf H(0x00 ‖ account ‖ (u32 asset ‖ u128 available + held)*) over its balances above zero, a node H(0x01 ‖ left ‖ right), an odd last
/// node carried up as it is. Kept from batch to batch: only leaves that changed and the paths above them are hashed again, unless
/// accounts were added.
/// </summary>
internal sealed class EntitlementTree(AccountDirectory accounts, BalanceLedger ledger)
{
    private const int BalanceSize = 4 + 16;

    private readonly List<uint> _sorted = [];
    private readonly HashSet<uint> _changed = [];
    private readonly List<Digest[]> _levels = [];
    private Digest[] _leaves = [];

    /// <summary>Takes note that an account's balances changed.</summary>
    public void Changed(uint account) => _changed.Add(account);

    /// <summary>The root over the present balances.</summary>
    public Digest ComputeRoot()
    {
        if (accounts.Count == 0) return new Digest(SHA256.HashData([]));
        var added = _sorted.Count != accounts.Count;
        if (added) AdmitNewAccounts();
        foreach (var account in _changed) _leaves[account] = LeafOf(account);
        if (added) RebuildNodes();
        else UpdateNodes();
        _changed.Clear();
        return _levels[^1][0];
    }

    private void AdmitNewAccounts()
    {
        var known = (uint)_sorted.Count;
        Array.Resize(ref _leaves, (int)accounts.Count);
        for (var account = known; account < accounts.Count; account++)
        {
            _sorted.Add(account);
            _changed.Add(account);
        }

        _sorted.Sort((left, right) => accounts.KeyOf(left).SequenceCompareTo(accounts.KeyOf(right)));
    }

    private void RebuildNodes()
    {
        _levels.Clear();
        _levels.Add([.. _sorted.Select(account => _leaves[account])]);
        while (_levels[^1].Length > 1)
        {
            var below = _levels[^1];
            var level = new Digest[(below.Length + 1) / 2];
            for (var node = 0; node < level.Length; node++) level[node] = NodeOver(below, node);
            _levels.Add(level);
        }
    }

    private void UpdateNodes()
    {
        var places = new SortedSet<int>();
        foreach (var account in _changed)
        {
            var place = PlaceOf(account);
            _levels[0][place] = _leaves[account];
            places.Add(place);
        }

        for (var height = 1; height < _levels.Count; height++)
        {
            var parents = new SortedSet<int>(places.Select(place => place / 2));
            foreach (var node in parents) _levels[height][node] = NodeOver(_levels[height - 1], node);
            places = parents;
        }
    }

    private int PlaceOf(uint account)
    {
        var (low, high) = (0, _sorted.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (accounts.KeyOf(_sorted[middle]).SequenceCompareTo(accounts.KeyOf(account)) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static Digest NodeOver(Digest[] below, int node)
    {
        var left = node * 2;
        if (left + 1 == below.Length) return below[left];
        Span<byte> preimage = stackalloc byte[1 + Digest.Size + Digest.Size];
        preimage[0] = 1;
        below[left].CopyTo(preimage[1..]);
        below[left + 1].CopyTo(preimage[(1 + Digest.Size)..]);
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(preimage, hash);
        return new Digest(hash);
    }

    private Digest LeafOf(uint account)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(accounts.KeyOf(account));
        Span<byte> balance = stackalloc byte[BalanceSize];
        for (var cell = ledger.FirstOf(account); cell != 0; cell = ledger[cell].NextOfAccount)
        {
            if (ledger[cell].Total == 0) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(balance, ledger[cell].Asset);
            BinaryPrimitives.WriteUInt128LittleEndian(balance[4..], ledger[cell].Total);
            hash.AppendData(balance);
        }

        Span<byte> digest = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(digest);
        return new Digest(digest);
    }
}
