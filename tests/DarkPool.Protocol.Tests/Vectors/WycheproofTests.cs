using System.Text.Json;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Protocol.Tests.Vectors;

/// <summary>
/// Wycheproof's edge cases, through the calls that the protocol makes. A row counts as a mismatch if something invalid is accepted,
/// something valid is refused, or a result differs.
/// </summary>
[Trait("Category", "Vectors")]
public sealed class WycheproofTests(ITestOutputHelper helper)
{
    private const int MaxHkdfOutput = 255 * 32;

    private readonly VectorOutput _output = new(helper);

    private delegate bool? Row(JsonElement group, JsonElement test);

    [Theory]
    [InlineData(KeyExportPolicies.None)]
    [InlineData(KeyExportPolicies.AllowPlaintextExport)]
    public void X25519_agrees_as_published_and_refuses_a_point_of_zeros(KeyExportPolicies policy) =>
        Run("x25519_test.json", (_, test) =>
        {
            var parameters = new KeyCreationParameters { ExportPolicy = policy };
            using var key = Key.Import(KeyAgreementAlgorithm.X25519, Hex(test, "private"), KeyBlobFormat.RawPrivateKey, in parameters);
            var expected = Hex(test, "shared");
            var point = new byte[DhKem.SecretSize];
            if (!DhKem.TryAgree(key, Hex(test, "public"), point)) return !expected.AsSpan().ContainsAnyExcept((byte)0);
            return point.AsSpan().SequenceEqual(expected) && expected.AsSpan().ContainsAnyExcept((byte)0);
        });

    [Fact]
    public void Aes_256_gcm_opens_only_what_is_valid() =>
        Run("aes_gcm_test.json", (group, test) => Aead(HpkeSuite.Aes256Gcm, group, test));

    [Fact]
    public void ChaCha20_poly1305_opens_only_what_is_valid() =>
        Run("chacha20_poly1305_test.json", (group, test) => Aead(HpkeSuite.ChaCha20Poly1305, group, test));

    [Fact]
    public void Hkdf_sha256_derives_as_published() =>
        Run("hkdf_sha256_test.json", (_, test) =>
        {
            var size = test.GetProperty("size").GetInt32();
            var valid = IsValid(test);
            if (size > MaxHkdfOutput)
            {
                Assert.ThrowsAny<ArgumentException>(() => KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(
                    Hex(test, "ikm"), Hex(test, "salt"), Hex(test, "info"), new byte[size]));
                return !valid;
            }

            var derived = new byte[size];
            KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(Hex(test, "ikm"), Hex(test, "salt"), Hex(test, "info"), derived);
            return derived.AsSpan().SequenceEqual(Hex(test, "okm")) == valid;
        });

    [Fact]
    public void Ed25519_verifies_only_what_is_valid() =>
        Run("ed25519_test.json", (group, test) => Ed25519Signature.Verify(
            new Bytes32(Hex(group.GetProperty("publicKey"), "pk")), Hex(test, "msg"), Hex(test, "sig")) == IsValid(test));

    private static bool? Aead(HpkeSuite suite, JsonElement group, JsonElement test)
    {
        var ours = group.GetProperty("keySize").GetInt32() == HpkeAead.KeySize * 8
            && group.GetProperty("ivSize").GetInt32() == HpkeAead.NonceSize * 8
            && group.GetProperty("tagSize").GetInt32() == HpkeAead.TagSize * 8;
        if (!ours) return null;

        using var key = HpkeAead.Import(suite, Hex(test, "key"));
        var plaintext = Hex(test, "msg");
        byte[] ciphertext = [.. Hex(test, "ct"), .. Hex(test, "tag")];
        var opened = new byte[plaintext.Length];
        var accepted = HpkeAead.Of(suite).Decrypt(key, Hex(test, "iv"), Hex(test, "aad"), ciphertext, opened);
        if (suite == HpkeSuite.Aes256Gcm && !OpensAlikeExpanded(test, ciphertext, opened, accepted)) return false;
        if (!IsValid(test)) return !accepted;
        var again = HpkeAead.Of(suite).Encrypt(key, Hex(test, "iv"), Hex(test, "aad"), plaintext);
        return accepted && opened.AsSpan().SequenceEqual(plaintext) && again.AsSpan().SequenceEqual(ciphertext);
    }

    private static bool OpensAlikeExpanded(JsonElement test, byte[] ciphertext, byte[] opened, bool accepted)
    {
        using var key = new ExpandedAesKey(Hex(test, "key"));
        var inPlace = ciphertext.ToArray();
        var plaintext = inPlace.AsSpan(0, opened.Length);
        return key.TryOpen(Hex(test, "iv"), Hex(test, "aad"), inPlace, plaintext) == accepted
            && (!accepted || plaintext.SequenceEqual(opened));
    }

    private void Run(string pattern, Row row)
    {
        foreach (var file in VectorFiles.Find(pattern, _output))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var mismatches = new List<int>();
            var (rows, others) = (0, 0);
            foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    if (row(group, test) is not { } matches)
                    {
                        others++;
                        continue;
                    }

                    rows++;
                    if (!matches) mismatches.Add(test.GetProperty("tcId").GetInt32());
                }
            }

            _output.Write(
                $"vectors: wycheproof {Path.GetFileNameWithoutExtension(file)} {rows} rows, {mismatches.Count} mismatches, "
                + $"{others} of sizes not ours");
            Assert.NotEqual(0, rows);
            Assert.Empty(mismatches);
        }
    }

    private static bool IsValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
