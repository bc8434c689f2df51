namespace DarkPool.Attestation.Collaterals;

/// <summary>Collateral as files of a folder; file names are those of the members.</summary>
internal static class CollateralFiles
{
    /// <summary>Longest file read, in bytes.</summary>
    private const long MaxLength = 4 * 1024 * 1024;

    /// <summary>File name, how to take the member, how to set it.</summary>
    private static readonly (string Name, Func<Collateral, byte[]?> Get, Func<Collateral, byte[], Collateral> Set)[] Members =
    [
        ("tcb_info.json", item => item.TcbInfo, (item, bytes) => item with { TcbInfo = bytes }),
        ("qe_identity.json", item => item.QeIdentity, (item, bytes) => item with { QeIdentity = bytes }),
        ("tcb_signing_chain.pem", item => item.TcbSigningChain, (item, bytes) => item with { TcbSigningChain = bytes }),
        ("root_ca_crl.der", item => item.RootCaCrl, (item, bytes) => item with { RootCaCrl = bytes }),
        ("pck_crl.der", item => item.PckCrl, (item, bytes) => item with { PckCrl = bytes }),
        ("ek.der", item => item.EndorsementKey, (item, bytes) => item with { EndorsementKey = bytes }),
        ("ask.pem", item => item.Ask, (item, bytes) => item with { Ask = bytes }),
        ("ark.pem", item => item.Ark, (item, bytes) => item with { Ark = bytes }),
        ("ark_crl.der", item => item.ArkCrl, (item, bytes) => item with { ArkCrl = bytes }),
        ("rofl_instances.cbor", item => item.RoflInstances, (item, bytes) => item with { RoflInstances = bytes }),
    ];

    public static Collateral Read(string folder)
    {
        var collateral = new Collateral();
        foreach (var (name, _, set) in Members)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (file.Exists && file.Length <= MaxLength) collateral = set(collateral, File.ReadAllBytes(file.FullName));
        }

        return collateral;
    }

    /// <summary>Writes each member whole or not at all, so that a reader never sees half a file.</summary>
    public static void Write(string folder, Collateral collateral)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, get, _) in Members)
        {
            if (get(collateral) is not { } bytes) continue;
            var draft = Path.Combine(folder, $".{name}.{Path.GetRandomFileName()}");
            File.WriteAllBytes(draft, bytes);
            File.Move(draft, Path.Combine(folder, name), overwrite: true);
        }
    }

    /// <summary>Names and contents of the members that are there.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Of(Collateral collateral)
    {
        foreach (var (name, get, _) in Members)
        {
            if (get(collateral) is { } bytes) yield return (name, bytes);
        }
    }

    /// <summary>Sets the member of a file name; null if there is none of that name.</summary>
    public static Collateral? TrySet(Collateral collateral, string name, byte[] bytes)
    {
        foreach (var member in Members)
        {
            if (member.Name == name) return member.Set(collateral, bytes);
        }

        return null;
    }
}
