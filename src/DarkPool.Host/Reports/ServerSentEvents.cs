// Source: WHATWG HTML, section 9.2 (server-sent events); events as docs/PROTOCOL.md section 6 and 10.1.
using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;

namespace DarkPool.Host.Reports;

/// <summary>Server-sent events, encoded straight into the response's buffer.</summary>
internal sealed class ServerSentEvents(PipeWriter output)
{
    internal const string ContentType = "text/event-stream";

    private static ReadOnlySpan<byte> FrameStart => "event: frame\nid: "u8;

    private static ReadOnlySpan<byte> DataField => "\ndata: "u8;

    private static ReadOnlySpan<byte> EventEnd => "\n\n"u8;

    /// <summary>Sends the headers, so that the client knows at once that its stream is open.</summary>
    internal static async Task<ServerSentEvents> StartAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(context.RequestAborted);
        return new ServerSentEvents(response.BodyWriter);
    }

    /// <summary>The first event of a report stream.</summary>
    internal ValueTask<FlushResult> WriteStreamStartAsync(ReadOnlySpan<byte> enclaveRandom, CancellationToken cancellationToken)
    {
        output.Write("event: stream\ndata: "u8);
        WriteBase64(enclaveRandom);
        output.Write(EventEnd);
        return output.FlushAsync(cancellationToken);
    }

    /// <summary>A frame with its number; sent by the next flush.</summary>
    internal void AppendFrame(ulong number, ReadOnlySpan<byte> frame)
    {
        output.Write(FrameStart);
        WriteNumber(number);
        output.Write(DataField);
        WriteBase64(frame);
        output.Write(EventEnd);
    }

    /// <summary>A named event with an id and one line of data; sent by the next flush.</summary>
    internal void Append(ReadOnlySpan<byte> name, ulong id, ReadOnlySpan<byte> line)
    {
        output.Write("event: "u8);
        output.Write(name);
        output.Write("\nid: "u8);
        WriteNumber(id);
        output.Write(DataField);
        output.Write(line);
        output.Write(EventEnd);
    }

    /// <summary>A comment, which clients skip: it finds connections that are gone.</summary>
    internal void AppendComment() => output.Write(":\n\n"u8);

    internal async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var result = await output.FlushAsync(cancellationToken);
        if (result.IsCompleted) throw new OperationCanceledException("The client closed the stream.");
    }

    private void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, span, out _, out var written);
        output.Advance(written);
    }

    private void WriteNumber(ulong number)
    {
        const int MaxDigits = 20;
        number.TryFormat(output.GetSpan(MaxDigits), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
