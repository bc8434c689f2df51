using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Testing.Agents;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Attestation.Tests.Dstack;

public sealed class RecoverableSignatureTests
{
    /// <summary>The hash of nothing, as Ethereum's yellow paper gives it.</summary>
    [Fact]
    public void Keccak_is_the_one_before_the_standard() =>
        Assert.Equal(
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
            Convert.ToHexStringLower(RecoverableSignature.Keccak256([])));

    /// <summary>The generator itself.</summary>
    [Fact]
    public void The_public_key_of_one_is_the_generator()
    {
        var one = new byte[32];
        one[31] = 1;
        Assert.Equal(
            "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
            Convert.ToHexStringLower(RecoverableSignature.TryPublicKey(one)!));
        Assert.Null(RecoverableSignature.TryPublicKey(new byte[32]));
    }

    [Property(MaxTest = 50)]
    public void The_signers_key_is_recovered_and_nothing_else_is(byte[] seed, byte[] message)
    {
        var key = System.Security.Cryptography.SHA256.HashData(seed);
        var signature = RecoverableSigner.Sign(key, message);
        var hash = RecoverableSignature.Keccak256(message);
        var publicKey = RecoverableSignature.TryPublicKey(key)!;
        Assert.Equal(publicKey, RecoverableSignature.TryRecover(hash, signature));

        var ethereum = (byte[])signature.Clone();
        ethereum[64] += 27;
        Assert.Equal(publicKey, RecoverableSignature.TryRecover(hash, ethereum));

        var flipped = (byte[])signature.Clone();
        flipped[seed.Length % 65] ^= 1;
        Assert.NotEqual(publicKey, RecoverableSignature.TryRecover(hash, flipped));
    }
}
