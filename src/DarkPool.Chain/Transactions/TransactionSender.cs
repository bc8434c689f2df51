using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Transactions;

/// <summary>
/// Sends one account's transactions, one at a time, and waits until each is in a block. Concurrent calls take turns; the account must not
/// be used elsewhere at the same time.
/// </summary>
public sealed class TransactionSender : IDisposable
{
    /// <summary>Gas beyond the estimate, in percent: the state may change before the block comes.</summary>
    internal const ulong GasMarginPercent = 25;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly EvmKey _key;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    /// <param name="node">The node.</param>
    /// <param name="key">The account's key, which stays its owner's.</param>
    /// <param name="timeout">How long a transaction may take to come into a block; 5 minutes if null.</param>
    /// <param name="time">The clock of the waiting; the system's if null.</param>
    public TransactionSender(EvmNode node, EvmKey key, TimeSpan? timeout = null, TimeProvider? time = null)
    {
        Node = node;
        _key = key;
        _timeout = timeout ?? TimeSpan.FromMinutes(5);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The node.</summary>
    public EvmNode Node { get; }

    /// <summary>The account.</summary>
    public EvmAddress Address => _key.Address;

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Sends ether.</summary>
    /// <param name="to">Who gets it.</param>
    /// <param name="wei">How much.</param>
    /// <param name="cancellation">Ends the wait; the transaction may still be taken.</param>
    /// <exception cref="TimeoutException">No block took it in time.</exception>
    public Task<TransactionReceipt> TransferAsync(EvmAddress to, UInt128 wei, CancellationToken cancellation = default) =>
        SendAsync(new TransactionRequest(to, [], wei), cancellation);

    /// <summary>Sends a transaction and waits for its receipt.</summary>
    /// <exception cref="ContractRevertedException">It would be reverted, and was not sent; or it was.</exception>
    /// <exception cref="TimeoutException">No block took it in time.</exception>
    internal async Task<TransactionReceipt> SendAsync(TransactionRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var gas = await Node.EstimateGasAsync(Address, request, cancellation);
            var nonce = await Node.NonceAsync(Address, afterWaiting: true, cancellation);
            var fees = await FeeOracle.SuggestAsync(Node, cancellation);
            var chainId = await Node.ChainIdAsync(cancellation);
            var signed = TransactionSigner.Sign(request, chainId, nonce, WithMargin(gas), fees, _key);
            await Node.SendAsync(signed, cancellation);
            var receipt = await AwaitReceiptAsync(signed.Hash, cancellation);
            if (receipt.Succeeded) return receipt;
            throw new ContractRevertedException("", $"Transaction {signed.Hash.Hex()} was reverted", ReadOnlyMemory<byte>.Empty);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The gas limit for an estimate.</summary>
    internal static ulong WithMargin(ulong gas) => checked(gas + (gas * GasMarginPercent / 100));

    private async Task<TransactionReceipt> AwaitReceiptAsync(Bytes32 transaction, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        using var timer = new PeriodicTimer(Poll, _time);
        while (true)
        {
            if (await Node.ReceiptAsync(transaction, cancellation) is { } receipt) return receipt;
            if (_time.GetElapsedTime(started) > _timeout)
            {
                throw new TimeoutException($"No block took transaction {transaction.Hex()} in time");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
