using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using NSec.Cryptography;

namespace DarkPool.Cli.Orders;

/// <summary>An account's Ed25519 key in a file of 64 hex digits that only its owner may read.</summary>
internal static class AccountKeyFile
{
    private const int SeedSize = 32;

    /// <summary>Writes a new key.</summary>
    /// <exception cref="StackException">The file is there already.</exception>
    public static Key Create(FileInfo file)
    {
        if (file.Exists)
            throw new StackException($"{file.FullName} is there already: a key is not overwritten.");
        var key = Key.Create(SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        string hex = Convert.ToHexStringLower(key.Export(KeyBlobFormat.RawPrivateKey)) + "\n";
        OwnerOnlyFile.Write(file.FullName, System.Text.Encoding.ASCII.GetBytes(hex));
        return key;
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="StackException">The file is not there, or is not a key. What it holds is not said.</exception>
    public static Key Read(FileInfo file)
    {
        if (!file.Exists)
            throw new StackException($"{file.FullName} is not there. `darkpool account create --key FILE` makes a new account.");
        try
        {
            byte[] seed = Convert.FromHexString(File.ReadAllText(file.FullName).Trim());
            if (seed.Length == SeedSize)
                return Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        }
        catch (FormatException)
        {
            // Told below, without what was read.
        }
        throw new StackException($"{file.FullName} does not hold a key of 64 hex digits.");
    }
}
