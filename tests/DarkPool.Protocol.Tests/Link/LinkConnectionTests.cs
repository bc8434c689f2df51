using System.Net;
using System.Net.Sockets;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

/// <summary>Frames over a real socket, and bytes that are none.</summary>
public class LinkConnectionTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 262_135)]
    [InlineData(3, 262_141)]
    [InlineData(1, 1_200_000)]
    [InlineData(70_000, 5)]
    [InlineData(100_000, 3_000_000)]
    public async Task Frames_of_every_size_arrive_whole_among_small_ones(int first, int second)
    {
        await using Connected pair = await Connected.OpenAsync();
        byte[] payload = new byte[first + second];
        new Random(first + second).NextBytes(payload);
        Task writing = Task.Run(async () =>
        {
            for (uint i = 0; i < 3; i++)
            {
                await pair.Near.WriteAsync(LinkMessageType.Commit, 100 + i, new byte[] { 1, 2, 3 });
                await pair.Near.WriteAsync(LinkMessageType.Execute, i, payload.AsMemory(0, first), payload.AsMemory(first));
            }
        });

        for (uint i = 0; i < 3; i++)
        {
            using (LinkFrame? small = await pair.Far.ReadAsync())
            {
                Assert.Equal((LinkMessageType.Commit, 100 + i), (small!.Type, small.Correlation));
                Assert.Equal([1, 2, 3], small.Payload.ToArray());
            }

            using LinkFrame? large = await pair.Far.ReadAsync();
            Assert.Equal((LinkMessageType.Execute, i), (large!.Type, large.Correlation));
            Assert.True(large.Payload.Span.SequenceEqual(payload));
        }

        await writing;
    }

    [Fact]
    public async Task Frames_of_many_writers_do_not_mix()
    {
        await using Connected pair = await Connected.OpenAsync();
        const int Writers = 4;
        const int Frames = 200;
        Task[] writing = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            byte[] payload = new byte[1 + (writer * 40_000)];
            Array.Fill(payload, (byte)writer);
            for (uint i = 0; i < Frames; i++) await pair.Near.WriteAsync(LinkMessageType.Frames, i, payload);
        }))];

        uint[] next = new uint[Writers];
        for (int i = 0; i < Writers * Frames; i++)
        {
            using LinkFrame? frame = await pair.Far.ReadAsync();
            byte writer = frame!.Payload.Span[0];
            Assert.Equal(next[writer]++, frame.Correlation);
            Assert.Equal(1 + (writer * 40_000), frame.Payload.Length);
            Assert.False(frame.Payload.Span.ContainsAnyExcept(writer));
        }

        await Task.WhenAll(writing);
    }

    [Fact]
    public async Task The_end_between_two_frames_is_an_end()
    {
        await using Connected pair = await Connected.OpenAsync();
        await pair.Near.WriteAsync(LinkMessageType.Commit, 1, new byte[] { 9 });
        await pair.Near.DisposeAsync();
        using LinkFrame? frame = await pair.Far.ReadAsync();
        Assert.Equal([9], frame!.Payload.ToArray());
        Assert.Null(await pair.Far.ReadAsync());
    }

    [Theory]
    [InlineData(new byte[] { 6, 0, 0 })]
    [InlineData(new byte[] { 6, 0, 0, 0, 2, 1, 0, 0, 0 })]
    public async Task A_frame_cut_short_is_a_broken_link(byte[] begun)
    {
        await using Connected pair = await Connected.OpenAsync();
        await pair.Socket.SendAsync(begun);
        pair.Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(LinkErrorCode.Disconnected, (await Assert.ThrowsAsync<LinkException>(async () => await pair.Far.ReadAsync())).Code);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public async Task An_impossible_length_is_refused_before_anything_is_kept_for_it(uint length)
    {
        await using Connected pair = await Connected.OpenAsync();
        await pair.Socket.SendAsync((byte[])[.. BitConverter.GetBytes(length), 2, 0, 0, 0, 0]);
        LinkException refusal = await Assert.ThrowsAsync<LinkException>(async () => await pair.Far.ReadAsync());
        Assert.Equal(LinkErrorCode.MalformedMessage, refusal.Code);
    }

    [Fact]
    public async Task A_writer_that_waits_for_its_peer_ends_when_the_peer_goes()
    {
        await using Connected pair = await Connected.OpenAsync();
        Task writing = Task.Run(async () =>
        {
            while (true) await pair.Near.WriteAsync(LinkMessageType.Execute, 1, new byte[1_000_000]);
        });
        using (await pair.Far.ReadAsync()) await pair.Far.DisposeAsync();
        Assert.Equal(LinkErrorCode.Disconnected, (await Assert.ThrowsAsync<LinkException>(() => writing)).Code);
    }

    /// <summary>Both sides of a connection, and the socket of one.</summary>
    private sealed record Connected(Socket Socket, LinkConnection Near, LinkConnection Far) : IAsyncDisposable
    {
        public static async Task<Connected> OpenAsync()
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(listener.LocalEndPoint!);
            return new Connected(socket, new LinkConnection(socket), new LinkConnection(await listener.AcceptAsync()));
        }

        public async ValueTask DisposeAsync()
        {
            await Near.DisposeAsync();
            await Far.DisposeAsync();
        }
    }
}
