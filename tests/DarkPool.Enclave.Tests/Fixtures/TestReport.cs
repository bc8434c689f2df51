using DarkPool.Protocol.Reports;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>A report as a client reads it.</summary>
internal sealed record TestReport(ReportHeader Header, byte[] Body)
{
    public ReportType Type => Header.Type;

    public Rejected Rejected => Rejected.TryRead(Body, out var report) ? report : throw new InvalidOperationException($"{Type}");

    public Fill Fill => Fill.TryRead(Body, out var report) ? report : throw new InvalidOperationException($"{Type}");

    public Balance Balance => Balance.TryRead(Body, out var report) ? report : throw new InvalidOperationException($"{Type}");

    public Deposited Deposited => Deposited.TryRead(Body, out var report) ? report : throw new InvalidOperationException($"{Type}");

    public FirmUpInvited Invitation =>
        FirmUpInvited.TryRead(Body, out var report) ? report : throw new InvalidOperationException($"{Type}");

    public static List<TestReport> Split(ReadOnlySpan<byte> reports)
    {
        var split = new List<TestReport>();
        while (ReportFrame.TryTake(ref reports, out var header, out var body)) split.Add(new TestReport(header, body.ToArray()));
        return split;
    }
}
