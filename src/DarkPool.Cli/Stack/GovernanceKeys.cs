using DarkPool.Cli.Processes;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Cli.Stack;

/// <summary>
/// The governance keys of a development venue, in the data folder. A real venue's keys sit with different people; this is why the
/// command line makes them only where none are given.
/// </summary>
internal sealed class GovernanceKeys : IDisposable
{
    /// <summary>Two of three, so that nothing in the code comes to rely on one key.</summary>
    public const int Threshold = 2;

    private const int Count = 3;

    private readonly string _folder;

    private GovernanceKeys(string folder, Key[] keys) => (_folder, Keys) = (folder, keys);

    public IReadOnlyList<Key> Keys { get; }

    public IEnumerable<Bytes32> PublicKeys => Keys.Select(key => new Bytes32(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)));

    /// <summary>As many of them as a command needs.</summary>
    public IReadOnlyCollection<Key> Signers => [.. Keys.Take(Threshold)];

    /// <summary>Reads the keys of a folder, or makes and keeps them.</summary>
    public static GovernanceKeys LoadOrCreate(string folder)
    {
        OwnerOnlyFile.CreateFolder(folder);
        IEnumerable<string> files = Enumerable.Range(1, Count).Select(number => Path.Combine(folder, $"key-{number}.pem"));
        return new GovernanceKeys(folder, [.. files.Select(LoadOrCreateOne)]);
    }

    /// <summary>Reads the keys of a folder.</summary>
    /// <exception cref="StackException">They are not there.</exception>
    public static GovernanceKeys Load(string folder) => File.Exists(Path.Combine(folder, "key-1.pem"))
        ? LoadOrCreate(folder)
        : throw new StackException($"{folder} holds no governance keys: name the data folder of the venue with --data.");

    /// <summary>The key by which prices of the venue's feeds are signed, made and kept at its first use.</summary>
    public Key PriceSource() => LoadOrCreateOne(Path.Combine(_folder, "price-source.pem"));

    public void Dispose()
    {
        foreach (Key key in Keys)
            key.Dispose();
    }

    private static Key LoadOrCreateOne(string path)
    {
        if (File.Exists(path))
            return Key.Import(SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.PkixPrivateKeyText);
        var exportable = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving };
        var key = Key.Create(SignatureAlgorithm.Ed25519, exportable);
        OwnerOnlyFile.Write(path, key.Export(KeyBlobFormat.PkixPrivateKeyText));
        return key;
    }
}
