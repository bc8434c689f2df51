using System.Text.Json;
using DarkPool.Protocol.Hpke;
using NSec.Cryptography;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Protocol.Tests.Vectors;

/// <summary>RFC 9180 test vectors of base mode with DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256.</summary>
[Trait("Category", "Vectors")]
public sealed class HpkeVectorTests(ITestOutputHelper helper)
{
    private readonly VectorOutput _output = new(helper);

    [Fact]
    public void Rfc_9180_base_mode_gives_the_published_bytes()
    {
        foreach (var file in VectorFiles.Find("*x25519-base*.json", _output))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var counts = new Counts();
            foreach (var vector in document.RootElement.EnumerateArray()) Run(vector, counts);
            _output.Write(
                $"vectors: hpke {counts.Rows} rows, {counts.Mismatches.Count} mismatches, "
                + $"{counts.OtherSuites} suites not ours ({Path.GetFileName(file)})");
            Assert.NotEqual(0, counts.Rows);
            Assert.Empty(counts.Mismatches);
        }
    }

    private static void Run(JsonElement vector, Counts counts)
    {
        if (SuiteOf(vector) is not { } suite)
        {
            counts.OtherSuites++;
            return;
        }

        var info = Hex(vector, "info");
        var encapsulation = new byte[HpkeSender.EncapsulationSize];
        using var ephemeral = Import(vector, "ikmE", "skEm", counts);
        using var recipient = Import(vector, "ikmR", "skRm", counts);
        Assert.True(HpkeSender.TrySetup(suite, Hex(vector, "pkRm"), info, ephemeral, encapsulation, out var sender));
        Assert.True(HpkeReceiver.TrySetup(suite, recipient, Hex(vector, "enc"), info, out var receiver));
        using (sender)
        using (receiver)
        {
            counts.Expect(Hex(vector, "enc"), encapsulation, "enc");
            foreach (var export in vector.GetProperty("exports").EnumerateArray()) RunExport(export, sender, receiver, counts);
            RunEncryptions(vector, sender, receiver, counts);
        }
    }

    private static void RunExport(JsonElement export, HpkeSender sender, HpkeReceiver receiver, Counts counts)
    {
        var length = export.GetProperty("L").GetInt32();
        foreach (var context in new HpkeContext[] { sender, receiver })
        {
            var exported = new byte[length];
            context.Export(Hex(export, "exporter_context"), exported);
            counts.Expect(Hex(export, "exported_value"), exported, "exported_value");
        }
    }

    private static void RunEncryptions(JsonElement vector, HpkeSender sender, HpkeReceiver receiver, Counts counts)
    {
        var sequence = 0;
        foreach (var encryption in vector.GetProperty("encryptions").EnumerateArray())
        {
            var wanted = encryption.TryGetProperty("seq", out var seq) ? seq.GetInt32() : sequence;
            var aad = Hex(encryption, "aad");
            var plaintext = Hex(encryption, "pt");
            var expected = Hex(encryption, "ct");
            for (; sequence < wanted; sequence++)
            {
                // A file may leave sequences out; both sides pass over them with a message of their own.
                var skipped = new byte[HpkeAead.TagSize];
                sender.Seal([], [], skipped);
                Assert.True(receiver.TryOpen([], skipped, []));
            }

            var ciphertext = new byte[plaintext.Length + HpkeAead.TagSize];
            var opened = new byte[plaintext.Length];
            sender.Seal(aad, plaintext, ciphertext);
            counts.Expect(expected, ciphertext, "ct");
            expected[0] ^= 1;
            if (receiver.TryOpen(aad, expected, opened)) counts.Mismatches.Add("a flipped bit opened");
            if (!receiver.TryOpen(aad, ciphertext, opened)) counts.Mismatches.Add("does not open");
            counts.Expect(plaintext, opened, "pt");
            sequence++;
        }
    }

    private static Key Import(JsonElement vector, string material, string privateKey, Counts counts)
    {
        var likeTheEnclave = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        var imported = Key.Import(KeyAgreementAlgorithm.X25519, Hex(vector, privateKey), KeyBlobFormat.RawPrivateKey, in likeTheEnclave);
        if (!vector.TryGetProperty(material, out _)) return imported;
        using var derived = HpkeKeyPair.Derive(Hex(vector, material));
        counts.Expect(
            imported.PublicKey.Export(KeyBlobFormat.RawPublicKey), derived.PublicKey.Export(KeyBlobFormat.RawPublicKey), material);
        return imported;
    }

    private static HpkeSuite? SuiteOf(JsonElement vector)
    {
        if (vector.GetProperty("mode").GetInt32() != 0 || vector.GetProperty("kem_id").GetInt32() != 0x20) return null;
        if (vector.GetProperty("kdf_id").GetInt32() != 1) return null;
        return vector.GetProperty("aead_id").GetInt32() switch
        {
            2 => HpkeSuite.Aes256Gcm,
            3 => HpkeSuite.ChaCha20Poly1305,
            0xFFFF => HpkeSuite.ExportOnly,
            _ => null,
        };
    }

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    private sealed class Counts
    {
        public int Rows { get; private set; }

        public int OtherSuites { get; set; }

        public List<string> Mismatches { get; } = [];

        public void Expect(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
        {
            Rows++;
            if (!expected.SequenceEqual(actual)) Mismatches.Add(what);
        }
    }
}
