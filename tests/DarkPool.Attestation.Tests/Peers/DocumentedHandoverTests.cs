using System.Text;
using System.Text.RegularExpressions;
using DarkPool.Attestation.Peers;
using Xunit;

namespace DarkPool.Attestation.Tests.Peers;

/// <summary>The worked exchange between two enclaves in docs/PROTOCOL.md is what the code computes, byte for byte.</summary>
public sealed partial class DocumentedHandoverTests
{
    private const int BytesPerLine = 64;

    private readonly StringBuilder _text = new();

    [Fact]
    public void The_exchange_on_the_page_is_what_the_code_computes()
    {
        byte[] venueId = Convert.FromHexString("e40d552905cb31c6076ab9a9280017753d89ad69400c64ef4c524f89060c97fc");
        byte[] prologue = [.. "darkpool/v1/peer"u8, .. venueId];
        byte[] policyHash = Filled(0x62);
        using var joining = new NoiseHandshake(initiator: true, prologue, Filled(0x60));
        using var giving = new NoiseHandshake(initiator: false, prologue, Filled(0x61));

        var hello = joining.WriteFirst([]);
        giving.TryReadFirst(hello, out var peer);
        var key = giving.TryBeginSecond(peer!)!;
        Bytes("hello", hello);
        Bytes("handshake hash after both keys", giving.Hash);
        Bytes("report data of the giving enclave", PeerReportData.Of(PeerReportData.Responder, policyHash, giving.Hash));
        var evidence = new PeerEvidence(new Evidence("example", "evidence of the giving enclave"u8.ToArray()), policyHash).Encode();
        Bytes("its evidence payload", evidence);
        byte[] answer = [.. key, .. giving.EndSecond(evidence)];
        Bytes("answer", answer);

        Assert.True(joining.TryReadSecondKey(answer));
        Assert.Equal(evidence, joining.TryReadSecondPayload(answer));
        Bytes("report data of the joining enclave", PeerReportData.Of(PeerReportData.Initiator, policyHash, joining.Hash));
        var proof = new PeerEvidence(new Evidence("example", "evidence of the joining enclave"u8.ToArray()), policyHash).Encode();
        var (toGiving, fromGiving) = joining.Split();
        var (toJoining, fromJoining) = giving.Split();
        using var joiner = new PeerChannel(toGiving, fromGiving);
        using var giver = new PeerChannel(toJoining, fromJoining);
        Bytes("proof", joiner.Seal(proof));

        using var keys = new VenueKeys(keyEpochs: 1, Filled(0x63), Filled(0x64), Filled(0x65));
        Bytes("venue keys in the clear", keys.Encoded);
        Bytes("venue keys", keys.Seal(giver));
        Bytes("key epoch", KeyEpochHandover.Seal(giver, 1, Filled(0x66)));

        var computed = $"```text\npeer example: handover\n{_text}```";
        var shown = Block().Match(Page()).Value;
        if (computed != shown) File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "handover.actual"), computed + "\n");
        Assert.Equal(computed, shown);
    }

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, 32)];

    private void Bytes(string label, ReadOnlySpan<byte> bytes)
    {
        _text.Append(label).Append(" (").Append(bytes.Length).Append("):\n");
        for (var at = 0; at < bytes.Length; at += BytesPerLine)
            _text.Append("  ").Append(Convert.ToHexStringLower(bytes.Slice(at, Math.Min(BytesPerLine, bytes.Length - at)))).Append('\n');
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "PROTOCOL.md");
            if (File.Exists(page)) return File.ReadAllText(page).ReplaceLineEndings("\n");
        }

        throw new FileNotFoundException("docs/PROTOCOL.md is in no folder above the tests.");
    }

    [GeneratedRegex(@"```text\npeer example: handover\n[^`]*```")]
    private static partial Regex Block();
}
