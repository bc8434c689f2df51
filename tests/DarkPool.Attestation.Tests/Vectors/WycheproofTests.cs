using DarkPool.Attestation.Testing.Vectors;
using System.Security.Cryptography;
using System.Text.Json;
using DarkPool.Attestation.Certificates;
using DarkPool.Attestation.Dstack;
using Xunit;

namespace DarkPool.Attestation.Tests.Vectors;

/// <summary>Edge cases of ECDSA (C2SP Wycheproof) through the calls by which quotes, reports and key chains are checked.</summary>
[Trait("Category", "Vectors")]
public sealed class WycheproofTests
{
    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_p1363_test.json")]
    [InlineData("ecdsa_secp384r1_sha384_p1363_test.json")]
    public void Signatures_over_the_nist_curves_are_judged_as_published(string file) => Check(
        file,
        (group, message, signature) => EcdsaKey.Verify(Hex(group, "uncompressed").AsSpan(1), message, signature));

    /// <summary>dstack's signatures are recoverable: one is right if one of the four recoveries gives the key.</summary>
    [Fact]
    public void Signatures_over_secp256k1_are_judged_as_published() => Check(
        "ecdsa_secp256k1_sha256_bitcoin_test.json",
        (group, message, signature) =>
        {
            Span<byte> raw = stackalloc byte[64];
            if (!DerSignature.TryToFixedWidth(signature, raw)) return false;
            var point = Hex(group, "uncompressed");
            byte[] key = [(byte)(2 + (point[^1] & 1)), .. point[1..33]];
            var hash = SHA256.HashData(message);
            var found = false;
            for (byte v = 0; v < 4; v++)
            {
                byte[] recoverable = [.. raw, v];
                found |= RecoverableSignature.TryRecover(hash, recoverable) is { } recovered && recovered.AsSpan().SequenceEqual(key);
            }

            return found;
        });

    private static void Check(string file, Func<JsonElement, byte[], byte[], bool> verify)
    {
        if (VectorFolder.TryFind(Path.Combine("wycheproof", file)) is not { } path) return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var (rows, mismatches) = (0, new List<string>());
        foreach (var group in json.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                rows++;
                var expected = test.GetProperty("result").GetString();
                var actual = verify(group.GetProperty("publicKey"), Hex(test, "msg"), Hex(test, "sig"));
                if (expected != "acceptable" && actual != (expected == "valid"))
                    mismatches.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}: {expected}");
            }
        }

        Console.WriteLine($"vectors: wycheproof {file} {rows} rows, {mismatches.Count} mismatches");
        Assert.Empty(mismatches);
    }

    private static byte[] Hex(JsonElement json, string name) => Convert.FromHexString(json.GetProperty(name).GetString()!);
}
