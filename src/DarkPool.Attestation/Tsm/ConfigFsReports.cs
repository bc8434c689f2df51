namespace DarkPool.Attestation.Tsm;

/// <summary>The interface of the running kernel, or of a folder that looks like it.</summary>
internal sealed class ConfigFsReports(string root) : ITsmReports
{
    /// <summary>Where the kernel mounts it.</summary>
    public const string DefaultRoot = "/sys/kernel/config/tsm/report";

    private static readonly TimeSpan AttributeLimit = TimeSpan.FromSeconds(20);

    public void Create(string name)
    {
        // Without the kernel's driver the parent is missing; making it would only hide that.
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"{root} does not exist: this machine offers no TSM reports.");
        Directory.CreateDirectory(PathOf(name));
        AwaitAttributes(name);
    }

    /// <summary>One write call: the kernel takes each as a complete value.</summary>
    public void Write(string name, string attribute, ReadOnlySpan<byte> value)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, BufferSize = 0 };
        using var file = new FileStream(PathOf(name, attribute), options);
        file.Write(value);
    }

    /// <summary>Read to its end whatever length is announced: the kernel announces a page for text and nothing for blobs.</summary>
    public byte[]? Read(string name, string attribute)
    {
        var path = PathOf(name, attribute);
        if (!File.Exists(path)) return null;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0 });
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Only the folder: its attributes are the kernel's and go with it.</summary>
    public void Delete(string name) => Directory.Delete(PathOf(name));

    /// <summary>
    /// The kernel makes them with the folder; where its folder is shown by another file system they may follow a moment later. A folder
    /// without them is told when they are read.
    /// </summary>
    private void AwaitAttributes(string name)
    {
        var path = PathOf(name, "provider");
        SpinWait.SpinUntil(() => File.Exists(path), AttributeLimit);
    }

    private string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([root, .. parts]);
}
