using System.Text.Json;
using DarkPool.EndToEnd.Tests.Support;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using DarkPool.Protocol.Blocks;

namespace DarkPool.EndToEnd.Tests.Faults;

/// <summary>One bit of one stored block, or the signature of a settlement batch, is changed behind the venue's back.</summary>
public sealed class TamperedLogTests
{
    /// <summary>
    /// Places in a block: its number (a high byte, for the store itself holds numbers apart), its time, its predecessor, its root,
    /// the sequencer's epoch, an entry's length, ciphertext.
    /// </summary>
    private static readonly int[] Offsets = [18, 24, 40, 70, 104, BlockHeader.Size + 2, BlockHeader.Size + 40];

    [Fact]
    public async Task Verify_agrees_with_a_stopped_venue_and_names_the_block_of_which_one_bit_was_changed()
    {
        using TemporaryFolder folder = TemporaryFolder.Create("darkpool end to end");
        string data = folder.Sub("tampered data");
        SyntheticDay day = SyntheticDay.Write(folder.Sub("day.csv"), seed: 31, count: 3_000);
        ulong tampered;
        await using (RunningVenue venue = await RunningVenue.StartAsync(data))
        {
            JsonElement replay = (await Darkpool.RunAsync(
                "replay", day.Path, "--format", "lobster", "--venue", venue.Url.ToString(), "--accounts", "4", "--json")).Result();
            Assert.Equal(day.TradedQuantity, replay.GetProperty("tradedQuantity").GetUInt64());
            tampered = await FindFullBlockAsync(venue.Url);
            Assert.Equal(0, await venue.StopAsync());
        }

        JsonElement untouched = (await Darkpool.RunAsync("verify", "--data", data, "--json")).Result();
        Assert.True(untouched.GetProperty("rootsMatch").GetBoolean());
        Assert.True(untouched.GetProperty("chainMatches").GetBoolean());

        foreach (int offset in Offsets)
        {
            await FlipAsync(data, tampered, offset);
            Darkpool.Finished verify = await Darkpool.RunAsync("verify", "--data", data, "--json");
            await FlipAsync(data, tampered, offset);

            Assert.Equal(3, verify.ExitCode);
            Assert.False(JsonDocument.Parse(verify.Output).RootElement.GetProperty("rootsMatch").GetBoolean());
            Assert.Contains($"block {tampered}:", verify.Error, StringComparison.Ordinal);
        }

        (string, string)[] forgeries = [(new string('0', 130), "is not signed by the enclave"), ("?", "is not readable")];
        foreach ((string forged, string problem) in forgeries)
        {
            (ulong closing, string signature) = await SignBatchAsync(data, forged);
            Darkpool.Finished verify = await Darkpool.RunAsync("verify", "--data", data, "--json");
            await SignBatchAsync(data, signature);

            Assert.Equal(3, verify.ExitCode);
            Assert.Matches($"block {closing}: its (recorded )?settlement batch {problem}", verify.Error);
        }
    }

    /// <summary>A block from the middle of the replay, so that blocks come before and after it.</summary>
    private static async Task<ulong> FindFullBlockAsync(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        for (ulong number = 2; ; number++)
        {
            byte[] block = await http.GetByteArrayAsync($"v1/blocks/{number}");
            if (BlockHeader.TryRead(block, out BlockHeader header) && header.EntryCount >= 100)
                return number;
        }
    }

    private static async Task FlipAsync(string data, ulong block, int offset)
    {
        await using LocalPostgres postgres = await OpenStoreAsync(data);
        await StoreRows.FlipAsync(postgres.ConnectionString, block, offset);
    }

    private static async Task<(ulong Block, string Signature)> SignBatchAsync(string data, string signature)
    {
        await using LocalPostgres postgres = await OpenStoreAsync(data);
        return await StoreRows.SignBatchAsync(postgres.ConnectionString, signature);
    }

    private static Task<LocalPostgres> OpenStoreAsync(string data) =>
        LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = Path.Combine(data, "postgres") });
}
