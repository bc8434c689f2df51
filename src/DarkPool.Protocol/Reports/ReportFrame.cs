using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>Packs whole reports into the plaintext of a frame: <c>u16 used</c>, the reports, padding of zeros.</summary>
public ref struct ReportFrame
{
    private const int LengthSize = 2;

    private readonly Span<byte> _plaintext;
    private int _used;

    /// <summary>Starts an empty frame.</summary>
    /// <param name="plaintext">
    /// The frame's plaintext, of the size that its class gives; what it held is overwritten by <see cref="Complete"/>.
    /// </param>
    public ReportFrame(Span<byte> plaintext)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plaintext.Length, LengthSize);
        _plaintext = plaintext;
    }

    /// <summary>Bytes of reports that still fit.</summary>
    public readonly int Free => _plaintext.Length - LengthSize - _used;

    /// <summary>Appends one whole report.</summary>
    /// <param name="report">Header and body.</param>
    /// <returns>False if it does not fit; nothing is written then.</returns>
    public bool TryAppend(ReadOnlySpan<byte> report)
    {
        if (report.Length > Free) return false;
        report.CopyTo(_plaintext[(LengthSize + _used)..]);
        _used += report.Length;
        return true;
    }

    /// <summary>Writes the length and zeros the padding.</summary>
    public readonly void Complete()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_plaintext, (ushort)_used);
        _plaintext[(LengthSize + _used)..].Clear();
    }

    /// <summary>Takes the reports out of a frame's plaintext.</summary>
    /// <param name="plaintext">The whole plaintext.</param>
    /// <param name="reports">The reports, one behind the other; split them with <see cref="TryTake"/>.</param>
    /// <returns>False if the length is too large, the padding not zero, or the reports do not fill the length exactly.</returns>
    public static bool TryRead(ReadOnlySpan<byte> plaintext, out ReadOnlySpan<byte> reports)
    {
        reports = default;
        if (plaintext.Length < LengthSize) return false;
        int used = BinaryPrimitives.ReadUInt16LittleEndian(plaintext);
        if (used > plaintext.Length - LengthSize || plaintext[(LengthSize + used)..].ContainsAnyExcept((byte)0)) return false;

        var rest = plaintext.Slice(LengthSize, used);
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, out _, out _)) return false;
        }

        reports = plaintext.Slice(LengthSize, used);
        return true;
    }

    /// <summary>Takes the first report off.</summary>
    /// <param name="reports">Reports one behind the other; becomes the rest.</param>
    /// <param name="header">The first one's header.</param>
    /// <param name="body">The first one's body.</param>
    /// <returns>False if there is no whole report.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> reports, out ReportHeader header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        if (reports.Length < ReportHeader.Size) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(reports[10..]);
        if (length > reports.Length || !ReportHeader.TryRead(reports[..length], out header, out body)) return false;
        reports = reports[length..];
        return true;
    }
}
