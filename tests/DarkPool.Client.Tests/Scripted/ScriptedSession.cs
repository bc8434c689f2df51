using System.Security.Cryptography;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Client.Tests.Scripted;

/// <summary>A session at a <see cref="ScriptedEnclave"/>: its outbox, and the frames it gives out.</summary>
internal sealed class ScriptedSession(ulong number, OpenedHello hello) : IDisposable
{
    /// <summary>Fills the body of a report.</summary>
    public delegate void BodyWriter(Span<byte> body);

    private readonly Lock _lock = new();
    private readonly List<byte[]> _reports = [];
    private readonly SemaphoreSlim _news = new(0);
    private uint _streams;

    public ulong Number => number;

    public SessionKeys Keys => hello.Keys;

    public ulong LastSequence { get; set; }

    public ulong Acknowledged { get; set; }

    /// <summary>Frames that are damaged before they are given out.</summary>
    public int FramesToDamage { get; set; }

    /// <summary>Every command is refused with this code.</summary>
    public RejectionCode? Refusing { get; set; }

    public void Report(ReportType type, uint entry, ulong block, ulong sequence, int bodySize, BodyWriter write)
    {
        var report = new byte[ReportHeader.Size + bodySize];
        write(report.AsSpan(ReportHeader.Size));
        lock (_lock)
        {
            new ReportHeader((ulong)_reports.Count + 1, type, (ushort)report.Length, entry, block, 0, sequence).Write(report);
            _reports.Add(report);
        }
        _news.Release();
    }

    public void Reject(RejectionCode code, CommandType type, uint entry, ulong block, ulong sequence) =>
        Report(ReportType.Rejected, entry, block, sequence, Rejected.Size, body => new Rejected(code, type, 0).Write(body));

    public void Answer(CommandType type, ReadOnlySpan<byte> command, uint entry, ulong block, ulong sequence)
    {
        switch (type)
        {
            case CommandType.PlaceOrder:
                Assert.True(PlaceOrder.TryRead(command, out PlaceOrder order));
                Report(ReportType.OrderAccepted, entry, block, sequence, OrderAccepted.Size, body => new OrderAccepted(
                    order.ClientOrderId, order.Market, order.Side, order.OrderType, order.TimeInForce, order.Price, order.Quantity)
                    .Write(body));
                break;
            case CommandType.QueryBalances:
                Report(ReportType.Balance, entry, block, 0, Balance.Size, body => new Balance(1, 70, 30).Write(body));
                Report(ReportType.CommandDone, entry, block, sequence, CommandDone.Size, body => new CommandDone(type).Write(body));
                break;
            case CommandType.Cover:
                Report(ReportType.CommandDone, entry, block, sequence, CommandDone.Size, body => new CommandDone(type).Write(body));
                break;
            case CommandType.CloseSession:
                Report(ReportType.SessionClosed, entry, block, sequence, 0, _ => { });
                break;
            default:
                Reject(RejectionCode.UnknownOrder, type, entry, block, sequence);
                break;
        }
    }

    /// <summary>Gives out the events of one stream as long as it is read: frames with the reports that the token asks for.</summary>
    public async Task StreamAsync(byte[] token, Func<string, byte[], Task> write, CancellationToken cancellation)
    {
        Assert.True(AttachToken.TryOpen(hello.Keys, number, token, out ulong next, out Bytes32 clientRandom));
        byte[] random = RandomNumberGenerator.GetBytes(AttachToken.RandomSize);
        using var sealer = new ReportStreamSealer(hello.Keys, number, hello.RateClass, ++_streams, clientRandom, new Bytes32(random));
        await write("stream", random);
        while (true)
        {
            byte[] frame = SealFrame(sealer, ref next);
            if (FramesToDamage > 0)
            {
                FramesToDamage--;
                frame[^1] ^= 1;
            }
            await write("frame", frame);
            if (next > (ulong)_reports.Count)
                await _news.WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        hello.Keys.Dispose();
        _news.Dispose();
    }

    private byte[] SealFrame(ReportStreamSealer sealer, ref ulong next)
    {
        var bytes = new byte[sealer.FrameSize];
        var frame = new ReportFrame(ReportStreamSealer.PlaintextOf(bytes));
        lock (_lock)
        {
            while (next <= (ulong)_reports.Count && frame.TryAppend(_reports[(int)next - 1]))
                next++;
        }
        frame.Complete();
        sealer.Seal(bytes);
        return bytes;
    }
}
