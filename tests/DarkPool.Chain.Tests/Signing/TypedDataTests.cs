using DarkPool.Chain.Abi;
using DarkPool.Chain.Hashing;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Signing;

/// <summary>The example of EIP-712.</summary>
public class TypedDataTests
{
    private const string PersonType = "Person(string name,address wallet)";
    private static readonly Bytes32 MailType = Keccak256.Hash("Mail(Person from,Person to,string contents)" + PersonType);

    [Fact]
    public void The_mail_example_has_its_hashes_and_its_signature()
    {
        var domain = TypedData.Domain("Ether Mail", "1", 1, Address("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"));
        var mail = TypedData.HashStruct(
            MailType,
            AbiValue.Word(Person("Cow", "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826")),
            AbiValue.Word(Person("Bob", "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB")),
            AbiValue.Word(Keccak256.Hash("Hello, Bob!")));
        var digest = TypedData.Digest(domain, mail);

        Assert.Equal("f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", domain.ToString());
        Assert.Equal("c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", mail.ToString());
        Assert.Equal("be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", digest.ToString());

        using var cow = EvmKey.FromBytes(Keccak256.Hash("cow").Span);
        var signature = cow.Sign(digest);
        Assert.Equal("0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826", cow.Address.ToString());
        Assert.Equal("4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d", signature.R.ToString());
        Assert.Equal("07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562", signature.S.ToString());
        Assert.Equal(28, signature.ToArray()[^1]);
    }

    private static Bytes32 Person(string name, string wallet) =>
        TypedData.HashStruct(Keccak256.Hash(PersonType), AbiValue.Word(Keccak256.Hash(name)), AbiValue.Address(Address(wallet)));

    private static EvmAddress Address(string text) =>
        EvmAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
