using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Tokens;
using DarkPool.Chain.Transactions;
using DarkPool.Cli.Processes;
using DarkPool.Client;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Accounts;

/// <summary>
/// Funds accounts the way everybody does: test tokens are minted to a fresh address, approved and deposited into the vault with sealed
/// tags, and the enclave credits what it reads from the chain.
/// </summary>
internal static class VaultFunding
{
    /// <summary>Ether for the few hundred transactions of a fresh depositor, in wei: ten, on a chain where it costs nothing.</summary>
    private static readonly UInt128 GasMoney = 10 * UInt128.Parse("1000000000000000000", null);

    /// <summary>Deposits what each trader needs and waits until it is credited.</summary>
    /// <param name="client">The venue.</param>
    /// <param name="market">Market whose tokens are deposited.</param>
    /// <param name="needs">Traders and how much of the base and of the quote token they get; zero: none.</param>
    /// <param name="payer">Owns ether on the venue's chain.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">The venue names no chain to deposit on.</exception>
    public static async Task FundAsync(
        DarkPoolClient client, TradedMarket market, IReadOnlyList<FundingNeed> needs, EvmKey payer, CancellationToken cancellation)
    {
        await WithDepositorAsync(
            client,
            payer,
            async (sender, vault) =>
            {
                await DepositAsync(
                    client, sender, vault, market.BaseToken, [.. needs.Select(n => (n.Trader.Account, n.Base))], cancellation);
                await DepositAsync(
                    client, sender, vault, market.QuoteToken, [.. needs.Select(n => (n.Trader.Account, n.Quote))], cancellation);
            },
            cancellation);
        foreach (FundingNeed need in needs)
            await need.Trader.AwaitDepositsAsync((need.Base > 0 ? 1 : 0) + (need.Quote > 0 ? 1 : 0), cancellation);
    }

    /// <summary>Deposits test tokens for one account; the enclave credits them once the chain is deep enough.</summary>
    /// <param name="client">The venue.</param>
    /// <param name="token">The token.</param>
    /// <param name="account">Whose they become.</param>
    /// <param name="amount">Base units.</param>
    /// <param name="payer">Owns ether on the venue's chain.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">The venue names no chain to deposit on.</exception>
    public static Task DepositAsync(
        DarkPoolClient client, EvmAddress token, AccountKey account, UInt128 amount, EvmKey payer, CancellationToken cancellation) =>
        WithDepositorAsync(
            client, payer, (sender, vault) => DepositAsync(client, sender, vault, token, [(account, amount)], cancellation), cancellation);

    private static async Task WithDepositorAsync(
        DarkPoolClient client, EvmKey payer, Func<TransactionSender, EvmAddress, Task> deposit, CancellationToken cancellation)
    {
        VenueChain chain = client.Venue.Chain;
        if (chain.Url is null || !EvmAddress.TryParse(chain.Vault, out EvmAddress vault))
            throw new StackException("The venue does not say where its chain can be reached, so its accounts cannot be funded.");
        using var rpc = new JsonRpcClient(new Uri(chain.Url));
        var node = new EvmNode(rpc);
        if (await node.ChainIdAsync(cancellation) != chain.ChainId)
            throw new StackException($"The chain at {chain.Url} is not chain {chain.ChainId} of the venue.");
        using var depositor = EvmKey.Create();
        using (var funder = new TransactionSender(node, payer))
            await funder.TransferAsync(depositor.Address, GasMoney, cancellation);
        using var sender = new TransactionSender(node, depositor);
        await deposit(sender, vault);
    }

    private static async Task DepositAsync(
        DarkPoolClient client, TransactionSender sender, EvmAddress vault, EvmAddress token, (AccountKey Account, UInt128 Amount)[] shares,
        CancellationToken cancellation)
    {
        shares = [.. shares.Where(share => share.Amount > 0)];
        UInt128 total = 0;
        foreach ((_, UInt128 amount) in shares)
            total = checked(total + amount);
        if (total == 0)
            return;
        var tokens = new TokenClient(sender.Node, token);
        await tokens.MintAsync(sender, sender.Address, total, cancellation);
        await tokens.ApproveAsync(sender, vault, total, cancellation);
        foreach ((AccountKey Account, UInt128 Amount)[] part in shares.Chunk(VaultClient.MaximumDeposits))
        {
            var deposits = new List<(UInt128, ReadOnlyMemory<byte>)>(part.Length);
            foreach ((AccountKey account, UInt128 amount) in part)
                deposits.Add((amount, await client.SealDepositTagAsync(account, cancellation)));
            await new VaultClient(sender.Node, vault).DepositManyAsync(sender, token, deposits, cancellation);
        }
    }
}
