using DarkPool.Chain.Hashing;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Chain.Tests.Signing;

public class EvmKeyTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000001", "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf")]
    [InlineData("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266")]
    public void A_key_has_its_known_address(string key, string address)
    {
        using var parsed = EvmKey.Parse(key);
        Assert.Equal(address, parsed.Address.ToString());
    }

    [Property(MaxTest = 50)]
    public void A_signature_names_its_signer_and_has_a_low_s(byte[] message)
    {
        using var key = EvmKey.Create();
        var digest = Keccak256.Hash(message);
        var signature = key.Sign(digest);
        Assert.True(signature.TryRecover(digest, out var signer));
        Assert.Equal(key.Address, signer);
        Assert.True(EvmSignature.TryRead(signature.ToArray(), out var read));
        Assert.Equal(signature.ToArray(), read.ToArray());
        Assert.Equal(signature.ToArray(), key.Sign(digest).ToArray());
    }

    [Property(MaxTest = 50)]
    public void A_flipped_bit_never_names_the_signer(byte[] message, uint bit)
    {
        using var key = EvmKey.Create();
        var digest = Keccak256.Hash(message);
        var bytes = key.Sign(digest).ToArray();
        bytes[(int)(bit / 8 % EvmSignature.Size)] ^= (byte)(1 << (int)(bit % 8));
        if (!EvmSignature.TryRead(bytes, out var flipped) || !flipped.TryRecover(digest, out var signer)) return;
        Assert.NotEqual(key.Address, signer);
    }

    [Fact]
    public void The_mirror_image_of_a_signature_is_refused()
    {
        using var key = EvmKey.Create();
        var bytes = key.Sign(Keccak256.Hash("message")).ToArray();
        var order = System.Numerics.BigInteger.Parse("0" + Order, System.Globalization.NumberStyles.HexNumber, null);
        var s = order - new System.Numerics.BigInteger(bytes.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        bytes.AsSpan(32, 32).Clear();
        var digits = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 64 - digits.Length);
        bytes[^1] ^= 27 ^ 28;
        Assert.False(EvmSignature.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0x" + Order)]
    [InlineData("0x01")]
    [InlineData("secret")]
    public void What_is_no_key_is_refused_without_being_repeated(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => EvmKey.Parse(text));
        Assert.DoesNotContain(text, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_key_signs_nothing()
    {
        var key = EvmKey.Create();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(default));
        Assert.Throws<ObjectDisposedException>(() => key.Export(new byte[EvmKey.Size]));
    }

    [Fact]
    public void A_key_survives_its_export_and_never_prints_itself()
    {
        using var key = EvmKey.Create();
        var bytes = new byte[EvmKey.Size];
        key.Export(bytes);
        using var again = EvmKey.FromBytes(bytes);
        Assert.Equal(key.Address, again.Address);
        Assert.Equal(key.Address.ToString(), key.ToString());
    }

    [Fact]
    public void No_signature_at_all_names_nobody()
    {
        Assert.False(EvmSignature.TryRead(new byte[EvmSignature.Size], out _));
        Assert.False(EvmSignature.TryRead([], out _));
        byte[] noPoint = [.. new byte[31], 5, .. new byte[31], 1, 27];
        Assert.True(EvmSignature.TryRead(noPoint, out var signature));
        Assert.False(signature.TryRecover(new Bytes32(new byte[32]), out _));
    }
}
