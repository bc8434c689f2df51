using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using DarkPool.Enclave.Keys;
using DarkPool.Enclave.Server;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Tests.NonInterference;

/// <summary>
/// A host that writes down everything an enclave sends over a real socket: type, correlation and length of each frame in order, and the
/// content where it is not a hash, a signature or a ciphertext.
/// </summary>
internal sealed class HostView : IAsyncDisposable
{
    private readonly EnclaveKeys _keys;
    private readonly HostConnection _enclave;
    private readonly LinkConnection _link;
    private readonly Task<LinkException?> _serving;
    private uint _correlation;

    private HostView(EnclaveKeys keys, HostConnection enclave, LinkConnection link)
    {
        _keys = keys;
        _enclave = enclave;
        _link = link;
        _serving = enclave.RunAsync(CancellationToken.None);
    }

    /// <summary>What was seen, line by line.</summary>
    public List<string> Trace { get; } = [];

    public static async Task<HostView> OpenAsync(TestPlatform platform, byte[] sealedKeys)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endpoint = LinkEndpoint.Parse($"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        var accepting = listener.AcceptAsync();
        var link = new LinkConnection(await endpoint.ConnectAsync());
        var keys = platform.Keys();
        var context = new EnclaveContext
        {
            Genesis = TestGenesis.Genesis,
            Keys = keys,
            Provider = platform.Provider,
            Clock = TimeProvider.System,
            Log = new EnclaveLog(TextWriter.Null, TimeProvider.System),
            Chain = null,
        };
        var view = new HostView(keys, new HostConnection(context, new LinkConnection(await accepting)), link);
        var restore = new byte[12 + sealedKeys.Length];
        BinaryPrimitives.WriteInt32LittleEndian(restore.AsSpan(8), sealedKeys.Length);
        sealedKeys.CopyTo(restore, 12);
        await view.AskAsync(LinkMessageType.Restore, restore, LinkMessageType.Restored);
        return view;
    }

    public async Task<BlockExecution> ReplayAsync(byte[] block)
    {
        byte[] request = [ExecuteRequest.ReplayFlag, .. block];
        var execution = BlockExecution.Read(await AskAsync(LinkMessageType.Execute, request, LinkMessageType.Committed));
        Trace.Add(
            $"  {execution.Number} {execution.Time} entries {execution.Entries} dropped {execution.Dropped} "
            + $"opened [{string.Join(' ', execution.Opened)}] closed [{string.Join(' ', execution.Closed)}] "
            + $"refused [{string.Join(' ', execution.Refused)}] batch {execution.Batch?.Length} {execution.BatchSignature?.Length}");
        return execution;
    }

    public async Task AttachAsync(TestClient client)
    {
        byte[] request = [.. BitConverter.GetBytes(client.Session.Number), .. client.Session.RequestStream(1).Token.Span];
        var answer = await AskAsync(LinkMessageType.Attach, request, LinkMessageType.Attached);
        Trace.Add($"  outcome {answer[0]} stream {BitConverter.ToUInt32(answer, 1)} class {answer[37]}");
    }

    public async Task DrawAsync(byte rateClass)
    {
        var answer = await AskAsync(LinkMessageType.Draw, [rateClass], LinkMessageType.Frames);
        var frames = FrameBatch.Read(answer);
        Trace.AddRange(frames.Select(frame =>
            $"  stream {frame.Stream} {frame.Bytes.Length} {Convert.ToHexString(frame.Bytes.Span[..24])}"));
    }

    public Task SnapshotAsync() => AskAsync(LinkMessageType.Snapshot, [], LinkMessageType.SnapshotEnd);

    public async Task StatusAsync() =>
        Trace.Add("  " + Convert.ToHexString(await AskAsync(LinkMessageType.Status, [], LinkMessageType.StatusReport)));

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _serving;
        _enclave.Dispose();
        _keys.Dispose();
    }

    private async Task<byte[]> AskAsync(LinkMessageType type, byte[] payload, LinkMessageType last)
    {
        await _link.WriteAsync(type, ++_correlation, payload);
        while (true)
        {
            using var frame = await _link.ReadAsync() ?? throw new InvalidOperationException("The enclave has gone.");
            Trace.Add($"{frame.Type} {frame.Correlation} {frame.Payload.Length}");
            if (frame.Type == LinkMessageType.Error) throw new InvalidOperationException("The enclave refused.");
            if (frame.Type == last) return frame.Payload.ToArray();
        }
    }
}
