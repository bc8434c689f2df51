using System.Text;
using DarkPool.Attestation.Tsm;

namespace DarkPool.Attestation.Testing.Tsm;

/// <summary>
/// The kernel's side of <c>configfs-tsm</c>: attributes appear with the folder, a write counts up the generation, reading the report asks
/// the platform.
/// </summary>
internal sealed class KernelModel(string provider, Func<byte[], byte[]> report, byte[]? auxiliary = null) : ITsmReports
{
    private readonly Dictionary<string, (byte[] InBlob, int Generation)> _entries = [];

    /// <summary>Runs after each write, to let another process in.</summary>
    public Action<KernelModel, string>? AfterWrite { get; set; }

    public int Open => _entries.Count;

    public void Create(string name) => _entries.Add(name, ([], 0));

    public void Write(string name, string attribute, ReadOnlySpan<byte> value)
    {
        if (attribute != "inblob") throw new IOException("read only");
        Interfere(name, value.ToArray());
        AfterWrite?.Invoke(this, name);
    }

    /// <summary>Another process writes into the same folder.</summary>
    public void Interfere(string name, byte[] value) => _entries[name] = (value, _entries[name].Generation + 1);

    public byte[]? Read(string name, string attribute) => attribute switch
    {
        "provider" => Encoding.ASCII.GetBytes(provider + "\n"),
        "generation" => Encoding.ASCII.GetBytes($"{_entries[name].Generation}\n"),
        "outblob" => report(_entries[name].InBlob),
        "auxblob" => auxiliary,
        _ => null,
    };

    public void Delete(string name) => _entries.Remove(name);
}
