using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Xunit;

namespace DarkPool.Protocol.Tests.Sessions;

/// <summary>Attach token and frames, both sides real.</summary>
public sealed class ReportStreamTests
{
    private const ulong Session = (7UL << 16) + 3;

    [Theory]
    [InlineData(HpkeSuite.Aes256Gcm, RateClass.Slow)]
    [InlineData(HpkeSuite.Aes256Gcm, RateClass.Medium)]
    [InlineData(HpkeSuite.ChaCha20Poly1305, RateClass.Fast)]
    public void Reports_come_out_of_frames_as_they_went_in(HpkeSuite suite, RateClass rateClass)
    {
        using var pair = SessionPair.Open(suite, rateClass);
        pair.Client.Bind(Session);
        using var sealer = Attach(pair, out var opener, nextReport: 5);
        using (opener)
        {
            for (var news = 0; news < 4; news++)
            {
                var frame = Frame(sealer, news);
                Assert.Equal(rateClass.FrameBytes(), frame.Length);
                Assert.Equal(FrameFault.None, opener.Open(frame, out var reports));
                for (var report = 0; report < news; report++)
                {
                    Assert.True(ReportFrame.TryTake(ref reports, out var header, out var body));
                    Assert.Equal((ReportType.CommandDone, (ulong)report), (header.Type, header.Number));
                    Assert.Equal(CommandDone.Size, body.Length);
                }

                Assert.True(reports.IsEmpty);
            }
        }
    }

    [Fact]
    public void A_frame_repeated_left_out_or_of_another_stream_is_refused()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(Session);
        using var sealer = Attach(pair, out var opener, nextReport: 1);
        using var other = Attach(pair, out var unused, nextReport: 1, stream: 2);
        using (opener)
        using (unused)
        {
            var first = Frame(sealer, 1);
            var second = Frame(sealer, 0);
            var third = Frame(sealer, 0);
            var foreign = Frame(other, 1);
            Assert.Equal(FrameFault.OutOfOrder, opener.Open(second, out _));
            Assert.Equal(FrameFault.BadSeal, opener.Open(foreign, out _));
            Assert.Equal(FrameFault.None, opener.Open(first, out _));
            Assert.Equal(FrameFault.OutOfOrder, opener.Open(first, out _));
            Assert.Equal(FrameFault.OutOfOrder, opener.Open(third, out _));
            Assert.Equal(FrameFault.WrongStream, opener.Open(foreign, out _));
            Assert.Equal(FrameFault.Malformed, opener.Open(second.AsSpan(1), out _));
            Assert.Equal(FrameFault.None, opener.Open(second, out _));
        }
    }

    [Fact]
    public void A_frame_with_any_bit_flipped_is_refused()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm, RateClass.Slow);
        pair.Client.Bind(Session);
        using var sealer = Attach(pair, out var opener, nextReport: 1);
        using (opener)
        {
            var frame = Frame(sealer, 1);
            for (var bit = 0; bit < frame.Length * 8; bit++)
            {
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.NotEqual(FrameFault.None, opener.Open(frame, out _));
                frame[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.Equal(FrameFault.None, opener.Open(frame, out _));
        }
    }

    [Fact]
    public void An_attach_token_opens_only_whole_and_for_its_session()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(Session);
        var request = pair.Client.RequestStream(77);
        Assert.True(AttachToken.TryOpen(pair.Enclave.Keys, Session, request.Token.Span, out var next, out var random));
        Assert.Equal(77UL, next);
        Assert.Equal(request.Token.Span[..32].ToArray(), random.ToArray());
        Assert.False(AttachToken.TryOpen(pair.Enclave.Keys, Session + 1, request.Token.Span, out _, out _));
        Assert.False(AttachToken.TryOpen(pair.Enclave.Keys, Session, request.Token.Span[1..], out _, out _));
        var token = request.Token.ToArray();
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(AttachToken.TryOpen(pair.Enclave.Keys, Session, token, out _, out _));
            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Two_attaches_never_share_a_token()
    {
        using var pair = SessionPair.Open(HpkeSuite.Aes256Gcm);
        pair.Client.Bind(Session);
        Assert.NotEqual(pair.Client.RequestStream(1).TokenText, pair.Client.RequestStream(1).TokenText);
    }

    private static ReportStreamSealer Attach(SessionPair pair, out FrameOpener opener, ulong nextReport, uint stream = 1)
    {
        var request = pair.Client.RequestStream(nextReport);
        Assert.True(AttachToken.TryOpen(pair.Enclave.Keys, Session, request.Token.Span, out var next, out var clientRandom));
        Assert.Equal(nextReport, next);
        var enclaveRandom = Fixture.Filled((byte)stream);
        opener = request.Open(enclaveRandom.Span);
        return new ReportStreamSealer(pair.Enclave.Keys, Session, pair.Enclave.RateClass, stream, clientRandom, enclaveRandom);
    }

    private static byte[] Frame(ReportStreamSealer sealer, int reports)
    {
        var frame = new byte[sealer.FrameSize];
        var packing = new ReportFrame(ReportStreamSealer.PlaintextOf(frame));
        var report = new byte[ReportHeader.Size + CommandDone.Size];
        for (var number = 0; number < reports; number++)
        {
            new ReportHeader((ulong)number, ReportType.CommandDone, (ushort)report.Length, 0, 1, 2, 3).Write(report);
            new CommandDone(Protocol.Commands.CommandType.Cover).Write(report.AsSpan(ReportHeader.Size));
            Assert.True(packing.TryAppend(report));
        }

        packing.Complete();
        sealer.Seal(frame);
        return frame;
    }
}
