using DarkPool.Attestation.Testing.Vectors;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Testing.Agents;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Attestation.Tests.Vectors;

/// <summary>The platforms' published key derivations, asked for through the adapters of this project.</summary>
[Trait("Category", "Vectors")]
public sealed class KeyDerivationTests
{
    [Fact]
    public async Task Keys_of_dstack_are_those_published()
    {
        if (VectorFolder.TryFind("kdf/dstack.json") is not { } file) return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var getKey = json.RootElement.GetProperty("get_key");
        await using var server = new DstackAgentServer(Bytes(getKey, "k256_app_key"), SHA256.HashData("kms"u8), new byte[20]);
        using var agent = new DstackAgent(server.SocketPath);
        var cases = getKey.GetProperty("cases").EnumerateArray().ToList();
        foreach (var item in cases)
        {
            using var key = await agent.GetKeyAsync(item.GetProperty("path").GetString()!, "purpose", CancellationToken.None);
            Assert.Equal(Text(item, "key"), Convert.ToHexStringLower(key.Bytes));
            var publicKey = Convert.ToHexStringLower(RecoverableSignature.TryPublicKey(key.Bytes)!);
            Assert.Equal(Text(item, "secp256k1_public_compressed"), publicKey);
            using var ed25519 = Key.Import(SignatureAlgorithm.Ed25519, key.Bytes, KeyBlobFormat.RawPrivateKey);
            Assert.Equal(Text(item, "ed25519_public"), Convert.ToHexStringLower(ed25519.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
            Assert.Equal(server.KmsRoot, key.TryFindRoot("purpose", new byte[20]));
        }

        CheckSharedSecret(json.RootElement.GetProperty("derive_dh_secret"));
        var environment = json.RootElement.GetProperty("env_encrypt");
        using var x25519 = Key.Import(KeyAgreementAlgorithm.X25519, Bytes(environment, "env_crypt_key"), KeyBlobFormat.RawPrivateKey);
        Assert.Equal(Text(environment, "public_key"), Convert.ToHexStringLower(x25519.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
        Console.WriteLine($"vectors: kdf dstack {cases.Count + 2} rows, 0 mismatches");
    }

    [Fact]
    public async Task Keys_of_rofl_are_those_published()
    {
        if (VectorFolder.TryFind("kdf/rofl-appd.json") is not { } file) return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = Bytes(json.RootElement, "root");
        var keyId = Encoding.UTF8.GetString(Bytes(json.RootElement, "key_id"));
        var expected = json.RootElement.GetProperty("expected").EnumerateObject().ToList();
        foreach (var kind in expected)
            Assert.Equal(kind.Value.GetString(), Convert.ToHexStringLower(RoflAppdServer.DeriveKey(root, kind.Name, keyId)));

        await using var server = new RoflAppdServer(root);
        using var appd = new RoflAppd(server.SocketPath);
        var raw = json.RootElement.GetProperty("expected").GetProperty("raw-256").GetString();
        Assert.Equal(raw, Convert.ToHexStringLower(await appd.GenerateKeyAsync(keyId, CancellationToken.None)));
        Console.WriteLine($"vectors: kdf rofl {expected.Count} rows, 0 mismatches");
    }

    /// <summary>dstack's secret shared by a path: the hash of a P-256 key derived from the root's scalar, in PKCS 8.</summary>
    private static void CheckSharedSecret(JsonElement vector)
    {
        using var root = ECDsa.Create();
        root.ImportPkcs8PrivateKey(Bytes(vector, "root_pkcs8_der"), out _);
        var context = vector.GetProperty("context").EnumerateArray().Select(item => item.GetString()!).ToArray();
        var scalar = DstackAgentServer.DeriveKey(root.ExportParameters(true).D!, context);
        using var derived = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        Assert.Equal(Text(vector, "expected"), Convert.ToHexStringLower(SHA256.HashData(PlainPkcs8(derived))));
    }

    /// <summary>Rust's encoding leaves out the curve inside the key, which .NET repeats there.</summary>
    private static byte[] PlainPkcs8(ECDsa key)
    {
        var parameters = key.ExportParameters(true);
        byte[] prefix = Convert.FromHexString("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");
        return [.. prefix, .. parameters.D!, 0xa1, 0x44, 0x03, 0x42, 0x00, 0x04, .. parameters.Q.X!, .. parameters.Q.Y!];
    }

    private static byte[] Bytes(JsonElement json, string name) => Convert.FromHexString(Text(json, name));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
