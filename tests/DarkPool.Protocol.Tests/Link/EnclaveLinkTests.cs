using System.Buffers;
using System.Net;
using System.Net.Sockets;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

/// <summary>The client against a hand-driven peer over a real socket.</summary>
public class EnclaveLinkTests
{
    [Fact]
    public async Task Several_executions_are_in_flight_and_arrive_in_order()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task<ulong>[] calls = [.. Enumerable.Range(1, 8).Select(i => pair.Link.ExecuteAsync(new byte[] { (byte)i }))];

        for (int i = 1; i <= 8; i++)
        {
            using LinkFrame? request = await pair.Enclave.ReadAsync();
            Assert.Equal(LinkMessageType.Execute, request!.Type);
            Assert.Equal(i, ExecuteRequest.Read(request.Payload, out bool replay).Span[0]);
            Assert.False(replay);
            await pair.Enclave.WriteAsync(LinkMessageType.Executed, request.Correlation, BitConverter.GetBytes((ulong)i));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], await Task.WhenAll(calls));
    }

    [Fact]
    public async Task Answers_find_their_callers_in_any_order()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task<FrameBatch> draw = pair.Link.DrawAsync(2);
        Task<KeyEpochs> rotate = pair.Link.RotateKeysAsync();
        using LinkFrame? first = await pair.Enclave.ReadAsync();
        using LinkFrame? second = await pair.Enclave.ReadAsync();

        await pair.Enclave.WriteAsync(LinkMessageType.KeyEpochs, second!.Correlation, new byte[] { 5, 0, 0, 0, 1, 0, 0, 0, 42 });
        await pair.Enclave.WriteAsync(
            LinkMessageType.Frames, first!.Correlation, new byte[] { 2, 3, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3, 8, 0, 0, 0, 4, 5, 6 });

        KeyEpochs epochs = await rotate;
        Assert.Equal((5u, (byte)42), (epochs.Epoch, Assert.Single(epochs.SealedKeys)));
        FrameBatch frames = await draw;
        Assert.Equal([7u, 8u], frames.Select(f => f.Stream));
        Assert.Equal([4, 5, 6], frames[1].Bytes.ToArray());
    }

    [Fact]
    public async Task Batches_to_publish_arrive_whole_and_a_malformed_request_is_named()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        var batch = new BatchToPublish([.. Enumerable.Range(0, 168).Select(i => (byte)i)], [.. Enumerable.Repeat((byte)7, 65)]);
        Task<PublishAnswer> call = pair.Link.PublishAsync(new PublishRequest(400_000, [batch, batch]));
        using LinkFrame? request = await pair.Enclave.ReadAsync();
        Assert.Equal(LinkMessageType.Publish, request!.Type);
        var read = PublishRequest.Read(request.Payload.Span);
        Assert.Equal((400_000ul, 2), (read.GasLimit, read.Batches.Count));
        Assert.All(read.Batches, b => Assert.Equal([.. batch.Batch, .. batch.Signature], (byte[])[.. b.Batch, .. b.Signature]));
        for (int length = 0; length < request.Payload.Length; length++)
        {
            byte[] cut = request.Payload[..length].ToArray();
            Assert.Equal(LinkErrorCode.MalformedMessage, Assert.Throws<LinkException>(() => PublishRequest.Read(cut)).Code);
        }

        var payload = new ArrayBufferWriter<byte>();
        new PublishAnswer(PublishOutcome.Refused, "evm 8: reverted").Write(payload);
        await pair.Enclave.WriteAsync(LinkMessageType.Published, request.Correlation, payload.WrittenMemory);
        Assert.Equal(new PublishAnswer(PublishOutcome.Refused, "evm 8: reverted"), await call);
    }

    [Fact]
    public async Task A_snapshot_arrives_in_parts()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task<SealedSnapshot> call = pair.Link.SnapshotAsync();
        using LinkFrame? request = await pair.Enclave.ReadAsync();
        await pair.Enclave.WriteAsync(LinkMessageType.SnapshotPart, request!.Correlation, new byte[] { 1, 2 });
        await pair.Enclave.WriteAsync(LinkMessageType.SnapshotPart, request.Correlation, new byte[] { 3 });
        byte[] end = [9, 0, 0, 0, 0, 0, 0, 0, .. new byte[32], 3, 0, 0, 0, 0, 0, 0, 0];
        await pair.Enclave.WriteAsync(LinkMessageType.SnapshotEnd, request.Correlation, end);

        SealedSnapshot snapshot = await call;

        Assert.Equal(9ul, snapshot.Block);
        Assert.Equal([1, 2, 3], snapshot.Bytes.ToArray());
    }

    [Fact]
    public async Task A_large_snapshot_is_restored_in_parts_that_add_up()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        var snapshot = new byte[LinkLimits.SnapshotPart + 17];
        Task<Restored> call = pair.Link.RestoreAsync(snapshot, new byte[] { 1, 2, 3 });

        var lengths = new List<int>();
        LinkFrame frame;
        while ((frame = (await pair.Enclave.ReadAsync())!).Type == LinkMessageType.RestorePart) lengths.Add(frame.Payload.Length);
        RestoreRequest request = RestoreRequest.Read(frame.Payload.Span);

        Assert.Equal([LinkLimits.SnapshotPart, 17], lengths);
        Assert.Equal((ulong)snapshot.Length, request.SnapshotLength);
        Assert.Equal([1, 2, 3], request.SealedKeys);
        await pair.Enclave.WriteAsync(LinkMessageType.Restored, frame.Correlation, new byte[8 + 32 + 4]);
        Assert.Equal(0ul, (await call).Block);
    }

    [Fact]
    public async Task Offered_deposits_arrive_unasked()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        await pair.Enclave.WriteAsync(LinkMessageType.DepositOffered, 0, new byte[] { 7 });

        Assert.Equal([7], (await pair.Link.DepositsOffered.ReadAsync()).ToArray());
    }

    [Fact]
    public async Task An_error_frame_ends_every_waiting_call_with_its_code()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task first = pair.Link.CommitAsync(1);
        Task second = pair.Link.StatusAsync();
        var error = new ArrayBufferWriter<byte>();
        new LinkErrorMessage(LinkErrorCode.BrokenLink, "block 3 does not follow block 2").Write(error);
        await pair.Enclave.WriteAsync(LinkMessageType.Error, 0, error.WrittenMemory);

        foreach (Task call in new[] { first, second })
        {
            LinkException refusal = await Assert.ThrowsAsync<LinkException>(() => call);
            Assert.Equal(LinkErrorCode.BrokenLink, refusal.Code);
            Assert.Contains("block 3", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(LinkErrorCode.BrokenLink, (await pair.Link.Gone).Code);
    }

    [Fact]
    public async Task When_the_enclave_goes_away_waiting_and_later_calls_fail()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task<EnclaveStatus> waiting = pair.Link.StatusAsync();
        using LinkFrame? _ = await pair.Enclave.ReadAsync();
        await pair.Enclave.DisposeAsync();

        Assert.Equal(LinkErrorCode.Disconnected, (await Assert.ThrowsAsync<LinkException>(() => waiting)).Code);
        Assert.Equal(LinkErrorCode.Disconnected, (await pair.Link.Gone).Code);
        await Assert.ThrowsAsync<LinkException>(() => pair.Link.StatusAsync());
        Assert.False(await pair.Link.DepositsOffered.WaitToReadAsync());
    }

    [Fact]
    public async Task An_answer_of_the_wrong_type_is_an_error_of_that_call()
    {
        await using LinkPair pair = await LinkPair.OpenAsync();
        Task<EnclaveStatus> call = pair.Link.StatusAsync();
        using LinkFrame? request = await pair.Enclave.ReadAsync();
        await pair.Enclave.WriteAsync(LinkMessageType.Detached, request!.Correlation, default);

        Assert.Equal(LinkErrorCode.MalformedMessage, (await Assert.ThrowsAsync<LinkException>(() => call)).Code);
    }

    [Fact]
    public async Task An_impossible_frame_length_ends_the_link()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Task<Socket> accepting = listener.AcceptAsync();
        var endpoint = LinkEndpoint.Parse($"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        await using EnclaveLink link = await EnclaveLink.ConnectAsync(endpoint);
        using Socket peer = await accepting;

        await peer.SendAsync(new byte[] { 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0 });

        Assert.Equal(LinkErrorCode.MalformedMessage, (await link.Gone).Code);
    }
}
