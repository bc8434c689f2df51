namespace DarkPool.EndToEnd.Tests.Secrets;

/// <summary>Keeps every byte that a client sends to and gets from a venue.</summary>
internal sealed class TrafficRecorder : DelegatingHandler
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _recorded = new();

    public TrafficRecorder()
        : base(new SocketsHttpHandler())
    {
    }

    public byte[] Recorded()
    {
        lock (_lock)
            return _recorded.ToArray();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Keep(System.Text.Encoding.UTF8.GetBytes(request.ToString()));
        if (request.Content is { } content)
            Keep(await content.ReadAsByteArrayAsync(cancellationToken));
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        Keep(System.Text.Encoding.UTF8.GetBytes(response.ToString()));
        response.Content = new StreamContent(new Tee(await response.Content.ReadAsStreamAsync(cancellationToken), Keep));
        return response;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
            _recorded.Write(bytes);
    }

    private delegate void Sink(ReadOnlySpan<byte> bytes);

    /// <summary>Passes a response on and keeps a copy.</summary>
    private sealed class Tee(Stream inner, Sink keep) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = inner.Read(buffer, offset, count);
            keep(buffer.AsSpan(offset, read));
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken);
            keep(buffer.Span[..read]);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
