using System.Net.Sockets;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

public sealed class LinkConnectionTests : IDisposable
{
    private readonly Socket _peer;
    private readonly LinkConnection _near;
    private readonly LinkConnection _far;

    public LinkConnectionTests()
    {
        string path = Path.Combine(Path.GetTempPath(), $"darkpool-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        _peer = listener.Accept();
        File.Delete(path);
        _near = new LinkConnection(socket);
        _far = new LinkConnection(_peer);
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 65_527)]
    [InlineData(3, 65_525)]
    [InlineData(1, 1_200_000)]
    [InlineData(70_000, 5)]
    [InlineData(100_000, 3_000_000)]
    public async Task Frames_of_every_size_arrive_whole_among_small_ones(int first, int second)
    {
        byte[] payload = new byte[first + second];
        new Random(first + second).NextBytes(payload);
        Task writing = Task.Run(() =>
        {
            for (uint i = 0; i < 3; i++)
            {
                _near.Write(LinkMessageType.Commit, 100 + i, [1, 2, 3]);
                _near.Write(LinkMessageType.Execute, i, payload.AsSpan(0, first), payload.AsSpan(first));
            }
        });

        for (uint i = 0; i < 3; i++)
        {
            using (LinkFrame small = _far.Read()!)
            {
                Assert.Equal((LinkMessageType.Commit, 100 + i), (small.Type, small.Correlation));
                Assert.Equal([1, 2, 3], small.Payload.ToArray());
            }

            using LinkFrame large = _far.Read()!;
            Assert.Equal((LinkMessageType.Execute, i), (large.Type, large.Correlation));
            Assert.True(large.Payload.Span.SequenceEqual(payload));
        }

        await writing;
    }

    [Fact]
    public async Task Frames_of_many_writers_do_not_mix()
    {
        const int Writers = 4;
        const int Frames = 200;
        Task[] writing = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            byte[] payload = new byte[1 + (writer * 40_000)];
            Array.Fill(payload, (byte)writer);
            for (uint i = 0; i < Frames; i++) _near.Write(LinkMessageType.Frames, i, payload);
        }))];

        uint[] next = new uint[Writers];
        for (int i = 0; i < Writers * Frames; i++)
        {
            using LinkFrame frame = _far.Read()!;
            byte writer = frame.Payload.Span[0];
            Assert.Equal(next[writer]++, frame.Correlation);
            Assert.Equal(1 + (writer * 40_000), frame.Payload.Length);
            Assert.False(frame.Payload.Span.ContainsAnyExcept(writer));
        }

        await Task.WhenAll(writing);
    }

    [Fact]
    public void The_end_between_two_frames_is_an_end()
    {
        _near.Write(LinkMessageType.Commit, 1, [9]);
        _near.Dispose();
        using (_far.Read()) Assert.Null(_far.Read());
    }

    [Theory]
    [InlineData(new byte[] { 6, 0, 0 })]
    [InlineData(new byte[] { 6, 0, 0, 0, 2, 1, 0, 0, 0 })]
    public void A_frame_cut_short_is_a_broken_link(byte[] begun)
    {
        _peer.Send(begun);
        _far.Dispose();
        Assert.Equal(LinkErrorCode.Disconnected, Assert.Throws<LinkException>(() => _near.Read()).Code);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void An_impossible_length_is_refused_before_anything_is_kept_for_it(uint length)
    {
        _peer.Send([.. BitConverter.GetBytes(length), 2, 0, 0, 0, 0]);
        Assert.Equal(LinkErrorCode.MalformedMessage, Assert.Throws<LinkException>(() => _near.Read()).Code);
    }

    [Fact]
    public async Task Who_stops_reading_can_still_write()
    {
        Task<LinkFrame?> waiting = Task.Run(_far.Read);
        _far.StopReading();
        Assert.Null(await waiting);

        _far.Write(LinkMessageType.Error, 0, [7]);
        using LinkFrame frame = _near.Read()!;
        Assert.Equal(LinkMessageType.Error, frame.Type);
    }

    [Fact]
    public async Task A_writer_that_waits_for_its_peer_ends_when_the_link_is_closed()
    {
        Task writing = Task.Run(() =>
        {
            while (true) _near.Write(LinkMessageType.Execute, 1, new byte[1_000_000]);
        });
        using (_far.Read()) _near.Dispose();
        Assert.Equal(LinkErrorCode.Disconnected, (await Assert.ThrowsAsync<LinkException>(() => writing)).Code);
    }
}
