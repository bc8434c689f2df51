using System.Buffers;
using DarkPool.Enclave.Shard;
using DarkPool.Enclave.Snapshots;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Snapshots;

/// <summary>A restored shard plus the tail of the log is the shard that executed all of it.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private readonly List<TestClient> _clients = [];

    public SnapshotTests()
    {
        _venue = TestVenue.Listed(_platform);
        _clients.AddRange([_venue.JoinFunded(21), _venue.JoinFunded(22), _venue.JoinFunded(23, RateClass.Slow)]);
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _venue.Dispose();
        _platform.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(11)]
    public void Restored_plus_tail_equals_full_replay_byte_for_byte(int blocksBefore)
    {
        var random = new Random(blocksBefore);
        Trade(random, blocksBefore);
        var sealedState = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);
        var at = _venue.Log.Count;
        Trade(random, 9);

        using var restored = RestoredFrom(sealedState);
        foreach (var block in _venue.Log.Skip(at))
        {
            restored.Execute(block);
            restored.Executor.Commit(restored.Executor.Executed.Block);
        }

        Assert.Equal(_venue.Executor.Executed, restored.Executor.Executed);
        Assert.Equal(_venue.State.Venue.StateRoot, restored.State.Venue.StateRoot);
        Assert.Equal(Plain(_venue.State), Plain(restored.State));
    }

    [Fact]
    public void A_restored_shard_goes_on_with_its_clients_where_they_were()
    {
        _venue.Run(_clients[0].Place(1, Side.Sell, 100, 5), _clients[1].Cover());
        var sealedState = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);
        _venue.ReportsOf(_clients[1]);

        using var restored = RestoredFrom(sealedState);
        restored.Run(_clients[1].Place(2, Side.Buy, 100, 5));

        Assert.Equal([ReportType.OrderAccepted, ReportType.Fill], restored.ReportsOf(_clients[1]).Select(r => r.Type));
        Assert.Equal(ReportType.Fill, restored.ReportsOf(_clients[0])[^1].Type);
    }

    [Fact]
    public void A_hello_that_opened_a_session_before_the_snapshot_opens_none_after_it()
    {
        using var restored = RestoredFrom(SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal));

        Assert.Equal(1u, restored.Run(_clients[0].Session.Hello.ToArray()).Dropped);
    }

    [Fact]
    public void Two_snapshots_of_one_state_share_length_and_header_only()
    {
        var one = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);
        var two = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);

        Assert.Equal(one.Length, two.Length);
        Assert.Equal(one[..48], two[..48]);
        Assert.NotEqual(one[49..81], two[49..81]);
        Assert.NotEqual(one[81..], two[81..]);
    }

    [Fact]
    public void An_altered_snapshot_is_refused_wherever_it_was_altered()
    {
        var good = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);
        foreach (var place in (int[])[0, 4, 8, 20, 47, 48, 49, 80, 81, 5_000, good.Length - 1])
        {
            var altered = good.ToArray();
            altered[place] ^= 1;
            Refused(() => SnapshotSeal.Open(altered, TestGenesis.Genesis, _venue.Keys.Seal));
        }

        Refused(() => SnapshotSeal.Open(good.AsSpan(0, good.Length - 1), TestGenesis.Genesis, _venue.Keys.Seal));
        Refused(() => SnapshotSeal.Open([], TestGenesis.Genesis, _venue.Keys.Seal));
    }

    [Fact]
    public void A_snapshot_of_another_venue_or_platform_is_refused()
    {
        var good = SnapshotSeal.Seal(_venue.State, TestGenesis.Genesis, _venue.Keys.Seal);
        var other = new Genesis(
            1, TestGenesis.Genesis.Vault, TestGenesis.Genesis.Registry, 3, 2, TestGenesis.Governors.Select(TestGenesis.PublicKeyOf));
        Refused(() => SnapshotSeal.Open(good, other, _venue.Keys.Seal));
        using var platform = new TestPlatform();
        using var keys = platform.Keys();
        Refused(() => SnapshotSeal.Open(good, TestGenesis.Genesis, keys.Seal));
    }

    private static void Refused(Action open) =>
        Assert.Equal(LinkErrorCode.SnapshotRefused, Assert.Throws<LinkException>(open).Code);

    private TestVenue RestoredFrom(byte[] sealedState)
    {
        var keys = _platform.Keys();
        var sealedKeys = _venue.Keys.Epochs.Seal(_venue.Keys.Seal, TestGenesis.Genesis.VenueId);
        Assert.True(keys.Epochs.TryUnseal(keys.Seal, TestGenesis.Genesis.VenueId, sealedKeys));
        return new TestVenue(_platform, own => SnapshotSeal.Open(sealedState, TestGenesis.Genesis, own.Seal), keys);
    }

    private void Trade(Random random, int blocks)
    {
        for (var block = 0; block < blocks; block++)
        {
            _venue.Run([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => AnyCommand(random))]);
            if (block % 4 == 3) _venue.ReportsOf(_clients[random.Next(_clients.Count)]);
        }
    }

    private byte[] AnyCommand(Random random)
    {
        var client = _clients[random.Next(_clients.Count)];
        var id = (ulong)random.Next(30);
        return random.Next(6) switch
        {
            0 => client.Cover(ack: client.LastReport),
            1 => client.Cancel(id),
            2 => client.Replace(id, random.Next(90, 110), (ulong)random.Next(1, 20)),
            _ => client.Place(id, random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(90, 110), (ulong)random.Next(1, 20)),
        };
    }

    private static byte[] Plain(ShardState state)
    {
        var output = new ArrayBufferWriter<byte>();
        ShardSnapshot.Write(state, output);
        return output.WrittenSpan.ToArray();
    }
}
