using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DarkPool.Attestation.Testing.Tsm;

/// <summary>
/// A FAKE of the kernel's <c>configfs-tsm</c> folder, for programs that run as processes of their own. Attributes are named pipes: each
/// read and write waits for this side, as it would for the kernel. Where the kernel takes the attributes away with the folder, this removes
/// them before the last read ends, so that the program's <c>rmdir</c> finds the folder empty.
/// </summary>
internal sealed partial class FakeKernelFolder : IDisposable
{
    private const uint OwnerOnly = 0x180;

    private static readonly string[] Attributes = ["inblob", "outblob", "auxblob", "generation", "provider"];

    private readonly TemporaryFolder _folder = new();
    private readonly FileSystemWatcher _watcher;
    private readonly string _provider;
    private readonly Func<byte[], byte[]> _report;
    private readonly byte[] _auxiliary;
    private int _served;

    public FakeKernelFolder(string provider, Func<byte[], byte[]> report, byte[]? auxiliary = null)
    {
        _provider = provider;
        _report = report;
        _auxiliary = auxiliary ?? [];
        _watcher = new FileSystemWatcher(_folder.Path) { NotifyFilter = NotifyFilters.DirectoryName };
        _watcher.Created += (_, made) => new Thread(() => Serve(made.FullPath)) { IsBackground = true }.Start();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>The folder of requests.</summary>
    public string Path => _folder.Path;

    /// <summary>Requests answered.</summary>
    public int Served => _served;

    /// <summary>How many times another process gets in between within one request.</summary>
    public int Disturbances { get; init; }

    public void Dispose()
    {
        _watcher.Dispose();
        _folder.Dispose();
    }

    /// <summary>One request, in the order in which the provider reads and writes.</summary>
    private void Serve(string request)
    {
        try
        {
            // The attribute that tells that the folder is ready comes last.
            foreach (var name in Attributes) MakePipe(System.IO.Path.Combine(request, name));
            var generation = 0;
            for (var disturbed = 0; ; disturbed++)
            {
                Give(request, "generation", Number(generation));
                var data = Take(request, "inblob");
                generation += disturbed < Disturbances ? 2 : 1;
                Give(request, "outblob", _report(data));
                Give(request, "auxblob", _auxiliary);
                Give(request, "generation", Number(generation));
                if (disturbed >= Disturbances) break;
            }

            Give(request, "provider", Encoding.ASCII.GetBytes(_provider + "\n"), last: true);
            Interlocked.Increment(ref _served);
        }
        catch (IOException)
        {
            // The program went away in the middle, or the test is over.
        }
    }

    private static byte[] Number(int value) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture) + "\n");

    private static void MakePipe(string path)
    {
        if (MakeFifo(path, OwnerOnly) != 0) throw new IOException($"mkfifo: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static void Give(string request, string attribute, byte[] value, bool last = false)
    {
        using var pipe = Open(request, attribute, FileAccess.Write);
        pipe.Write(value);
        if (last)
        {
            foreach (var name in Attributes) File.Delete(System.IO.Path.Combine(request, name));
            return;
        }

        // The reader sees the end only when this closes; by then the next value has a pipe of its own.
        var next = System.IO.Path.Combine(request, attribute + ".next");
        MakePipe(next);
        File.Move(next, System.IO.Path.Combine(request, attribute), overwrite: true);
    }

    private static byte[] Take(string request, string attribute)
    {
        using var pipe = Open(request, attribute, FileAccess.Read);
        using var value = new MemoryStream();
        pipe.CopyTo(value);
        return value.ToArray();
    }

    private static FileStream Open(string request, string attribute, FileAccess access) => new(
        System.IO.Path.Combine(request, attribute),
        new FileStreamOptions { Mode = FileMode.Open, Access = access, Share = FileShare.ReadWrite, BufferSize = 0 });

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
