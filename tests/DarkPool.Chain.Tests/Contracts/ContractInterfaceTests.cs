using DarkPool.Chain.Abi;
using DarkPool.Chain.Contracts;
using DarkPool.Chain.Deposits;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Tokens;
using Xunit;

namespace DarkPool.Chain.Tests.Contracts;

public class ContractInterfaceTests
{
    public static TheoryData<string, string, string> Used
    {
        get
        {
            var used = new TheoryData<string, string, string>();
            AddAll("DarkPoolVault", "function", VaultClient.Deposit, VaultClient.DepositMany, VaultClient.SetListed);
            AddAll("DarkPoolVault", "function", VaultClient.IsListed, VaultClient.LastDepositId);
            AddAll("DarkPoolVault", "event", VaultDeposit.Deposited);
            AddAll("SettlementRegistry", "function", RegistryCalls.Settle, RegistryCalls.SettleMany, RegistryCalls.BatchDigest);
            AddAll("SettlementRegistry", "function", RegistryCalls.RegisterEnclave, RegistryCalls.Enclave);
            AddAll("SettlementRegistry", "function", RegistryCalls.Shard, RegistryCalls.Last);
            AddAll("SettlementRegistry", "event", SettledBatch.BatchSettled, SettledMarket.MarketSettled);
            AddAll("TestToken", "function", TokenClient.Mint, TokenClient.Approve, TokenClient.BalanceOf);
            AddAll("TestToken", "function", TokenClient.Decimals, TokenClient.Symbol);
            return used;

            void AddAll(string contract, string kind, params AbiSignature[] signatures)
            {
                foreach (var signature in signatures) used.Add(contract, kind, signature.Canonical);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void What_is_called_and_read_is_in_the_contract(string contract, string kind, string signature) =>
        Assert.Contains(ContractArtifact.Load(contract).Members, m => m.Kind == kind && m.Signature.Canonical == signature);

    [Theory]
    [InlineData("DarkPoolVault")]
    [InlineData("SettlementRegistry")]
    [InlineData("TestToken")]
    public void A_contract_fits_the_size_limit_of_the_chain(string contract)
    {
        const int CreationLimit = 2 * 24_576; // EIP-3860
        Assert.InRange(ContractArtifact.Load(contract).Bytecode.Length, 1, CreationLimit);
    }
}
