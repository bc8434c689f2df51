using System.Text;
using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Tokens;

/// <summary>An ERC-20 token (EIP-20); <see cref="MintAsync"/> is of the local chain's test tokens alone.</summary>
/// <param name="node">The node.</param>
/// <param name="token">The token's address.</param>
public sealed class TokenClient(EvmNode node, EvmAddress token)
{
    internal static readonly AbiSignature Mint = new("mint(address,uint256)");
    internal static readonly AbiSignature Approve = new("approve(address,uint256)");
    internal static readonly AbiSignature BalanceOf = new("balanceOf(address)");
    internal static readonly AbiSignature Decimals = new("decimals()");
    internal static readonly AbiSignature Symbol = new("symbol()");

    /// <summary>The token's address.</summary>
    public EvmAddress Address => token;

    /// <summary>What an account owns, in base units.</summary>
    public async Task<UInt128> BalanceAsync(EvmAddress owner, CancellationToken cancellation = default) =>
        new AbiReader(await node.CallAsync(token, BalanceOf.Call(AbiValue.Address(owner)), cancellation)).ReadUInt128();

    /// <summary>How many decimal digits a base unit is away from the unit that people name.</summary>
    public async Task<byte> DecimalsAsync(CancellationToken cancellation = default) =>
        checked((byte)new AbiReader(await node.CallAsync(token, Decimals.Call(), cancellation)).ReadUInt32());

    /// <summary>The token's short name.</summary>
    public async Task<string> SymbolAsync(CancellationToken cancellation = default) =>
        Encoding.UTF8.GetString(new AbiReader(await node.CallAsync(token, Symbol.Call(), cancellation)).ReadBytes());

    /// <summary>Creates test tokens out of nothing.</summary>
    /// <param name="sender">Who pays for the transaction.</param>
    /// <param name="to">Who gets them.</param>
    /// <param name="amount">Base units.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<TransactionReceipt> MintAsync(
        TransactionSender sender, EvmAddress to, UInt128 amount, CancellationToken cancellation = default) =>
        SendAsync(sender, Mint.Call(AbiValue.Address(to), AbiValue.UInt(amount)), cancellation);

    /// <summary>Allows an account or contract to take tokens of the sender.</summary>
    /// <param name="sender">Whose tokens.</param>
    /// <param name="spender">Who may take them.</param>
    /// <param name="amount">Base units.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<TransactionReceipt> ApproveAsync(
        TransactionSender sender, EvmAddress spender, UInt128 amount, CancellationToken cancellation = default) =>
        SendAsync(sender, Approve.Call(AbiValue.Address(spender), AbiValue.UInt(amount)), cancellation);

    private Task<TransactionReceipt> SendAsync(TransactionSender sender, byte[] data, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return sender.SendAsync(new TransactionRequest(token, data), cancellation);
    }
}
