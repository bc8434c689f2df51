using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Transactions;

public class TransactionSignerTests
{
    private const string Raw155 =
        "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025"
        + "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
        + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83";

    [Fact]
    public void The_example_of_EIP_155_is_signed_as_there()
    {
        using var key = EvmKey.FromBytes(Enumerable.Repeat((byte)0x46, EvmKey.Size).ToArray());
        var to = new EvmAddress(Enumerable.Repeat((byte)0x35, EvmAddress.Size).ToArray());
        var request = new TransactionRequest(to, [], 1_000_000_000_000_000_000);
        var fees = new TransactionFees(20_000_000_000, null);
        var signed = TransactionSigner.Sign(request, chainId: 1, nonce: 9, gasLimit: 21_000, fees, key);
        Assert.Equal(Raw155, EvmHex.Encode(signed.Raw));
    }
}
