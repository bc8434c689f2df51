using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Transactions;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deposits;

/// <summary>The vault as depositors and its owner use it.</summary>
/// <param name="node">The node.</param>
/// <param name="vault">The vault's address.</param>
public sealed class VaultClient(EvmNode node, EvmAddress vault)
{
    internal static readonly AbiSignature Deposit = new("deposit(address,uint256,bytes)");
    internal static readonly AbiSignature DepositMany = new("depositMany(address,uint256[],bytes[])");
    internal static readonly AbiSignature SetListed = new("setListed(address,bool)");
    internal static readonly AbiSignature IsListed = new("isListed(address)");
    internal static readonly AbiSignature LastDepositId = new("lastDepositId()");

    /// <summary>Deposits in one transaction at most: more would not fit the gas of a block.</summary>
    public const int MaximumDeposits = 200;

    /// <summary>The vault's address.</summary>
    public EvmAddress Address => vault;

    /// <summary>The number of the latest deposit; 0 before the first.</summary>
    public async Task<ulong> LastDepositAsync(CancellationToken cancellation = default) =>
        new AbiReader(await node.CallAsync(vault, LastDepositId.Call(), cancellation)).ReadUInt64();

    /// <summary>Whether deposits of a token are taken.</summary>
    public async Task<bool> IsListedAsync(EvmAddress token, CancellationToken cancellation = default) =>
        new AbiReader(await node.CallAsync(vault, IsListed.Call(AbiValue.Address(token)), cancellation)).ReadBool();

    /// <summary>Lists a token, or takes it off the list.</summary>
    /// <param name="owner">The vault's owner.</param>
    /// <param name="token">The token.</param>
    /// <param name="listed">Whether its deposits are taken from now on.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ContractRevertedException">The sender is not the owner.</exception>
    public Task<TransactionReceipt> SetListedAsync(
        TransactionSender owner, EvmAddress token, bool listed, CancellationToken cancellation = default) =>
        SendAsync(owner, SetListed.Call(AbiValue.Address(token), AbiValue.Bool(listed)), cancellation);

    /// <summary>Deposits tokens of the sender, who has approved the vault.</summary>
    /// <param name="sender">Whose tokens.</param>
    /// <param name="token">A listed token.</param>
    /// <param name="amount">Base units.</param>
    /// <param name="tag">The sealed account (docs/PROTOCOL.md section 7), 84 bytes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ContractRevertedException">The vault refuses: its error names why.</exception>
    public Task<TransactionReceipt> DepositAsync(
        TransactionSender sender, EvmAddress token, UInt128 amount, ReadOnlyMemory<byte> tag, CancellationToken cancellation = default) =>
        SendAsync(sender, Deposit.Call(AbiValue.Address(token), AbiValue.UInt(amount), AbiValue.Bytes(tag)), cancellation);

    /// <summary>Deposits one token for many accounts in one transaction: all of it, or nothing.</summary>
    /// <param name="sender">Whose tokens.</param>
    /// <param name="token">A listed token.</param>
    /// <param name="deposits">1 to <see cref="MaximumDeposits"/> amounts in base units, each with its sealed account.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ContractRevertedException">The vault refuses: its error names why.</exception>
    public Task<TransactionReceipt> DepositManyAsync(
        TransactionSender sender,
        EvmAddress token,
        IReadOnlyList<(UInt128 Amount, ReadOnlyMemory<byte> Tag)> deposits,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(deposits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deposits.Count, MaximumDeposits);
        var amounts = AbiValue.Array(deposits.Select(d => AbiValue.UInt(d.Amount)));
        var tags = AbiValue.Array(deposits.Select(d => AbiValue.Bytes(d.Tag)));
        return SendAsync(sender, DepositMany.Call(AbiValue.Address(token), amounts, tags), cancellation);
    }

    private Task<TransactionReceipt> SendAsync(TransactionSender sender, byte[] data, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return sender.SendAsync(new TransactionRequest(vault, data), cancellation);
    }
}
