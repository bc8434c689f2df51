using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>The enclave's chain reader offered a certificate for a deposit.</summary>
/// <param name="DepositId">Number of the deposit in its vault, from 1 without gaps.</param>
/// <param name="Token">Address of the token, 20 bytes.</param>
/// <param name="Amount">Base units of the token.</param>
/// <param name="EvmBlock">Number of the EVM block.</param>
/// <param name="Transaction">Hash of the transaction, 32 bytes.</param>
/// <param name="LogIndex">Index of the vault's event in that EVM block.</param>
/// <param name="Time">When it was offered, microseconds since 1970.</param>
public sealed record DepositSeen(
    ulong DepositId,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Token,
    [property: JsonConverter(typeof(DecimalStringConverter))] UInt128 Amount,
    ulong EvmBlock,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Transaction,
    uint LogIndex,
    long Time);

/// <summary>The certificate entered the log: the deposit is credited by this entry and never again.</summary>
/// <param name="DepositId">Number of the deposit in its vault.</param>
/// <param name="Block">Block that carries the certificate.</param>
/// <param name="Index">Index of the entry in the block.</param>
public sealed record DepositFinal(ulong DepositId, ulong Block, uint Index);
