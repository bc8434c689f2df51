using DarkPool.Chain.Hashing;
using DarkPool.Chain.Rlp;
using DarkPool.Chain.Signing;

namespace DarkPool.Chain.Transactions;

/// <summary>
/// Signs transactions: of type 2 (EIP-1559), or of the old form with replay protection (EIP-155) on chains without a base fee.
/// </summary>
internal static class TransactionSigner
{
    private const byte FeeMarketType = 2;
    private const ulong ReplayProtectionOffset = 35;

    /// <summary>Signs a transaction.</summary>
    public static SignedTransaction Sign(
        TransactionRequest request, ulong chainId, ulong nonce, ulong gasLimit, TransactionFees fees, EvmKey key) =>
        fees.Priority is { } priority
            ? SignFeeMarket(request, chainId, nonce, gasLimit, fees.MaxFee, priority, key)
            : SignLegacy(request, chainId, nonce, gasLimit, fees.MaxFee, key);

    // EIP-1559: 0x02 || rlp([chain id, nonce, priority, max fee, gas limit, to, value, data, access list, y parity, r, s])
    private static SignedTransaction SignFeeMarket(
        TransactionRequest request, ulong chainId, ulong nonce, ulong gasLimit, UInt128 maxFee, UInt128 priority, EvmKey key)
    {
        byte[][] fields =
        [
            RlpItem.Integer(chainId), RlpItem.Integer(nonce), RlpItem.Integer(priority), RlpItem.Integer(maxFee), RlpItem.Integer(gasLimit),
            request.EncodedTo(), RlpItem.Integer(request.Value), RlpItem.Bytes(request.Data), RlpItem.List(),
        ];
        byte[] unsigned = [FeeMarketType, .. RlpItem.List(fields)];
        var signature = key.Sign(Keccak256.Hash(unsigned));
        return SignedTransaction.Of(
            [FeeMarketType, .. RlpItem.List([.. fields, RlpItem.Integer(signature.IsOdd ? 1u : 0u), .. Numbers(signature)])]);
    }

    // EIP-155: rlp([nonce, gas price, gas limit, to, value, data, v, r, s]), signed with (chain id, 0, 0) in place of the signature
    private static SignedTransaction SignLegacy(
        TransactionRequest request, ulong chainId, ulong nonce, ulong gasLimit, UInt128 gasPrice, EvmKey key)
    {
        byte[][] fields =
        [
            RlpItem.Integer(nonce), RlpItem.Integer(gasPrice), RlpItem.Integer(gasLimit),
            request.EncodedTo(), RlpItem.Integer(request.Value), RlpItem.Bytes(request.Data),
        ];
        var unsigned = RlpItem.List([.. fields, RlpItem.Integer(chainId), RlpItem.Integer(0), RlpItem.Integer(0)]);
        var signature = key.Sign(Keccak256.Hash(unsigned));
        var v = checked((chainId * 2) + ReplayProtectionOffset + (signature.IsOdd ? 1u : 0u));
        return SignedTransaction.Of(RlpItem.List([.. fields, RlpItem.Integer(v), .. Numbers(signature)]));
    }

    private static byte[][] Numbers(EvmSignature signature) =>
        [RlpItem.Bytes(signature.R.Span.TrimStart((byte)0)), RlpItem.Bytes(signature.S.Span.TrimStart((byte)0))];
}
