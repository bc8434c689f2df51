using DarkPool.Attestation.Peers;
using Xunit;

namespace DarkPool.Attestation.Tests.Peers;

/// <summary>Published examples of <c>Noise_NN_25519_ChaChaPoly_SHA256</c>.</summary>
public sealed class NoiseHandshakeTests
{
    /// <summary>The cacophony collection: payloads in every message.</summary>
    [Fact]
    public void Messages_with_payloads_are_those_published()
    {
        var prologue = Convert.FromHexString("4a6f686e2047616c74");
        using var initiator = new NoiseHandshake(true, prologue, Hex("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"));
        using var responder = new NoiseHandshake(false, prologue, Hex("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"));

        var first = initiator.WriteFirst(Hex("4c756477696720766f6e204d69736573"));
        Assert.Equal("ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573", Text(first));
        Assert.Equal("4c756477696720766f6e204d69736573", Text(responder.TryReadFirst(first, out var peer)!));

        byte[] second = [.. responder.TryBeginSecond(peer!)!, .. responder.EndSecond(Hex("4d757272617920526f746862617264"))];
        Assert.Equal(
            "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
            + "a0ff96bdf86b579ef7dbf94e812a7470b903c20a85a87e3a1fe863264ae547",
            Text(second));
        Assert.True(initiator.TryReadSecondKey(second));
        Assert.Equal("4d757272617920526f746862617264", Text(initiator.TryReadSecondPayload(second)!));
        Assert.Equal(initiator.Hash.ToArray(), responder.Hash.ToArray());

        var (toResponder, fromResponder) = initiator.Split();
        var (toInitiator, fromInitiator) = responder.Split();
        AssertMessage("462e20412e20486179656b", "eb1a3e3d80c1792b1bb9cb0e1382f8d8322bfb1ca7c4c8517bb686", toResponder, fromInitiator);
        AssertMessage("4361726c204d656e676572", "c781b198d2a974eb1da2c7d518c000cf6396de87ca540963c03713", toInitiator, fromResponder);
        AssertMessage(
            "4a65616e2d426170746973746520536179",
            "c77048eb6919fdfe8fe45842bfc5b8d1ff50d1e20c717453ccdfe6176d805b996d", toResponder, fromInitiator);
        AssertMessage(
            "457567656e2042f6686d20766f6e2042617765726b",
            "61834d7069dcfb7a1adf8d5ac910f83fa04c73a67789895c6f5f995c5db2ce88e49b124178", toInitiator, fromResponder);
    }

    /// <summary>The screech collection: no payloads.</summary>
    [Fact]
    public void Messages_without_payloads_are_those_published()
    {
        var prologue = Hex("6e6f74736563726574");
        using var initiator = new NoiseHandshake(true, prologue, Hex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"));
        using var responder = new NoiseHandshake(false, prologue, Hex("4142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f60"));
        var first = initiator.WriteFirst([]);
        Assert.Equal("358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254", Text(first));
        Assert.Empty(responder.TryReadFirst(first, out var peer)!);
        byte[] second = [.. responder.TryBeginSecond(peer!)!, .. responder.EndSecond([])];
        Assert.Equal(
            "64b101b1d0be5a8704bd078f9895001fc03e8e9f9522f188dd128d9846d484665cda04f69d491f9bf509e632fc1a20dd", Text(second));
        Assert.True(initiator.TryReadSecondKey(second));
        Assert.Empty(initiator.TryReadSecondPayload(second)!);
        var (sending, receiving) = initiator.Split();
        var sealedMessage = sending.Seal([], Hex("79656c6c6f777375626d6172696e65"));
        Assert.Equal("96cd46be111804586a935795eeb4ce62bdec121048a10520b00266b22722eb", Text(sealedMessage));
        var opened = receiving.TryOpen([], Hex("fe2bc534e31964c0bd56337223e921565e39dbc5f156aa04766ced4689a2a2"));
        Assert.Equal("7375626d6172696e6579656c6c6f77", Text(opened!));
    }

    /// <summary>Points of small order (RFC 7748 section 6.1 asks for the check): the shared secret would be zeros.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_key_of_low_order_is_refused(string key)
    {
        using var responder = new NoiseHandshake(false, []);
        if (responder.TryReadFirst(Hex(key), out var peer) is not null) Assert.Null(responder.TryBeginSecond(peer!));
    }

    private static void AssertMessage(string plaintext, string ciphertext, NoiseCipher sending, NoiseCipher receiving)
    {
        Assert.Equal(ciphertext, Text(sending.Seal([], Hex(plaintext))));
        Assert.Equal(plaintext, Text(receiving.TryOpen([], Hex(ciphertext))!));
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
