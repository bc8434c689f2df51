using System.Collections.Immutable;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Deposits;

/// <summary>What the deposit watch needs to know of the shard; the executor publishes it whole.</summary>
/// <param name="LastDepositId">The last deposit that was credited.</param>
/// <param name="Tokens">Tokens that are listed.</param>
internal sealed record DepositProgress(ulong LastDepositId, ImmutableHashSet<EvmAddress> Tokens)
{
    public static DepositProgress None { get; } = new(0, []);
}
