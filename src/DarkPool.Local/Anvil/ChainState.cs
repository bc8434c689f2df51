using System.IO.Compression;
using System.Text.Json;
using DarkPool.Chain;

namespace DarkPool.Local.Anvil;

/// <summary>
/// The files of a local chain's state. The node writes its own file in place, so a kill in the middle tears it: it is used only for the
/// orderly end (<see cref="Final"/>). While the node runs its state is fetched and put in place by renaming (<see cref="Saved"/>).
/// A start takes the newest whole one.
/// </summary>
internal sealed class ChainState(string folder)
{
    /// <summary>The last state fetched from the running node.</summary>
    public string Saved { get; } = Path.Combine(folder, "state.json");

    /// <summary>What the node wrote when it ended in order.</summary>
    public string Final { get; } = Path.Combine(folder, "state.final.json");

    /// <summary>Settles which state to start from; afterwards it is <see cref="Saved"/>, if there is any.</summary>
    public void Prepare()
    {
        if (!File.Exists(Final)) return;
        var isNewer = !File.Exists(Saved) || File.GetLastWriteTimeUtc(Final) >= File.GetLastWriteTimeUtc(Saved);
        if (isNewer && IsWhole(Final)) File.Move(Final, Saved, overwrite: true);
        else File.Delete(Final);
    }

    /// <summary>Saves what <c>anvil_dumpState</c> answered: the same JSON, gzipped, as hexadecimal data.</summary>
    public void Save(string dump)
    {
        var unfinished = Saved + ".unfinished";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            using (var packed = new GZipStream(new MemoryStream(EvmHex.Decode(dump)), CompressionMode.Decompress))
            {
                packed.CopyTo(file);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Saved, overwrite: true);
    }

    private static bool IsWhole(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
