using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DarkPool.Engine.Ledger;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Journals;

/// <summary>One transition of an order or the head of a longer record: 32 bytes, half a cache line.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 32)]
internal struct JournalRecord
{
    public JournalKind Kind;
    public byte Detail;
    public ushort Number;
    public uint Account;
    public ulong First;
    public ulong Second;
    public ulong Third;
}

/// <summary>
/// The packed record of every transition of a block, and the state root that follows from it:
/// root' = H("darkpool/v1/state" ‖ root ‖ H(journal)), and root' = root if nothing changed. Little-endian; every record a multiple of
/// eight bytes.
/// </summary>
internal sealed unsafe class Journal
{
    /// <summary>Most a block of 4,096 orders usually writes; a block that writes more makes it grow once.</summary>
    private const int UsualBytes = 256 * 1024;

    /// <summary>No single record is longer.</summary>
    private const int LongestRecord = 256;

    private readonly PinnedBuffer<byte> _buffer = new(UsualBytes);
    private long _length;
    private ulong _block;
    private long _time;

    /// <summary>Whether the block changed anything so far.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Starts a block with nothing written.</summary>
    public void BeginBlock(ulong block, BlockTime time)
    {
        _length = 0;
        _block = block;
        _time = time.Microseconds;
    }

    /// <summary>Writes a record of 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(JournalKind kind, byte detail, uint number, uint account, ulong first, ulong second, ulong third)
    {
        var record = (JournalRecord*)Claim(sizeof(JournalRecord));
        *record = new JournalRecord
        {
            Kind = kind,
            Detail = detail,
            Number = (ushort)number,
            Account = account,
            First = first,
            Second = second,
            Third = third,
        };
    }

    /// <summary>Writes a record followed by more bytes, padded with zeros to a multiple of eight.</summary>
    public void Write(JournalKind kind, uint number, uint account, ulong first, ulong second, ulong third, ReadOnlySpan<byte> more)
    {
        Write(kind, 0, number, account, first, second, third);
        var padded = (more.Length + 7) & ~7;
        var place = new Span<byte>(Claim(padded), padded);
        more.CopyTo(place);
        place[more.Length..].Clear();
    }

    /// <summary>Writes what a balance has come to.</summary>
    public void WriteBalance(in LedgerCell cell)
    {
        var (available, held) = (cell.Available, cell.Held);
        Write(JournalKind.Balance, 0, cell.Asset, cell.Account, (ulong)available, (ulong)(available >> 64), (ulong)held);
        *(ulong*)Claim(sizeof(ulong)) = (ulong)(held >> 64);
    }

    /// <summary>The root after this block.</summary>
    public Digest Advance(in Digest root)
    {
        if (IsEmpty) return root;
        var tag = "darkpool/v1/state"u8;
        Span<byte> preimage = stackalloc byte[tag.Length + Digest.Size + Digest.Size];
        tag.CopyTo(preimage);
        root.CopyTo(preimage[tag.Length..]);
        SHA256.HashData(new ReadOnlySpan<byte>(_buffer.Items, checked((int)_length)), preimage[(tag.Length + Digest.Size)..]);
        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(preimage, hash);
        return new Digest(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Claim(int bytes)
    {
        if (_length == 0 || _length + bytes > _buffer.Length) Prepare();
        var place = _buffer.Items + _length;
        _length += bytes;
        return place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Prepare()
    {
        if (_length + LongestRecord > _buffer.Length) _buffer.Grow(_buffer.Length * 2);
        if (_length != 0) return;
        _length = sizeof(JournalRecord);
        *(JournalRecord*)_buffer.Items = new JournalRecord { Kind = JournalKind.Block, First = _block, Second = (ulong)_time };
    }
}
