using DarkPool.Protocol.Reports;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Reports;

/// <summary>Packing of reports into the plaintext of a frame.</summary>
public sealed class ReportFrameTests
{
    private const int PlaintextSize = 984;

    [Property(MaxTest = 200)]
    public void Reports_are_packed_whole_and_in_order_until_one_does_not_fit(byte[] bodies)
    {
        var plaintext = Fixture.Repeat(0xEE, PlaintextSize);
        var frame = new ReportFrame(plaintext);
        var packed = new List<byte[]>();
        foreach (var length in bodies)
        {
            var report = Report(packed.Count, length);
            var fits = report.Length <= frame.Free;
            Assert.Equal(fits, frame.TryAppend(report));
            if (fits) packed.Add(report);
        }

        frame.Complete();
        Assert.True(ReportFrame.TryRead(plaintext, out var reports));
        foreach (var expected in packed)
        {
            Assert.True(ReportFrame.TryTake(ref reports, out var header, out var body));
            Assert.Equal(expected, (byte[])[.. Header(header), .. body]);
        }

        Assert.True(reports.IsEmpty);
        Assert.False(ReportFrame.TryTake(ref reports, out _, out _));
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_refused_or_split_exactly(byte[] noise, ushort used)
    {
        byte[] plaintext = [(byte)used, (byte)(used >> 8), .. noise];
        if (!ReportFrame.TryRead(plaintext, out var reports)) return;
        Assert.Equal(used, reports.Length);
        while (!reports.IsEmpty) Assert.True(ReportFrame.TryTake(ref reports, out _, out _));
    }

    [Fact]
    public void Padding_length_and_cut_reports_are_checked()
    {
        var plaintext = new byte[PlaintextSize];
        var frame = new ReportFrame(plaintext);
        Assert.True(frame.TryAppend(Report(1, 3)));
        frame.Complete();
        Assert.True(ReportFrame.TryRead(plaintext, out _));
        plaintext[^1] = 1;
        Assert.False(ReportFrame.TryRead(plaintext, out _));
        plaintext[^1] = 0;
        plaintext[0]--;
        Assert.False(ReportFrame.TryRead(plaintext, out _));
        plaintext[0] += 2;
        Assert.False(ReportFrame.TryRead(plaintext, out _));
        plaintext[1] = 0xFF;
        Assert.False(ReportFrame.TryRead(plaintext, out _));
        Assert.False(ReportFrame.TryRead([], out _));
        Assert.False(ReportFrame.TryRead([0], out _));
        Assert.True(ReportFrame.TryRead([0, 0], out var none));
        Assert.True(none.IsEmpty);
    }

    [Fact]
    public void Only_known_rate_classes_have_figures()
    {
        Assert.Equal([1, 10, 100], new[] { RateClass.Slow, RateClass.Medium, RateClass.Fast }.Select(known => known.FramesPerSecond()));
        Assert.Equal([1024, 2048, 4096], new[] { RateClass.Slow, RateClass.Medium, RateClass.Fast }.Select(known => known.FrameBytes()));
        Assert.False(RateClass.None.IsKnown());
        Assert.False(((RateClass)4).IsKnown());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((RateClass)4).FrameBytes());
        Assert.Throws<ArgumentOutOfRangeException>(() => RateClass.None.FramesPerSecond());
    }

    private static byte[] Report(int number, int bodyLength)
    {
        var report = Fixture.Repeat((byte)number, ReportHeader.Size + bodyLength);
        new ReportHeader((ulong)number, ReportType.Fill, (ushort)report.Length, 1, 2, 3, 4).Write(report);
        return report;
    }

    private static byte[] Header(ReportHeader header)
    {
        var bytes = new byte[ReportHeader.Size];
        header.Write(bytes);
        return bytes;
    }
}
