using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Enclave.Server;
using DarkPool.Protocol.Entries;

namespace DarkPool.Enclave.Deposits;

/// <summary>
/// Reads the vault through the enclave's own connection, certifies deposits that are deep enough and offers them to the host until the
/// log has them. A host can delay a deposit, never invent one.
/// </summary>
internal sealed class DepositWatch
{
    private readonly EnclaveContext _context;
    private readonly ChainView _chain;
    private readonly Func<DepositProgress> _progress;
    private readonly Func<byte[], CancellationToken, ValueTask> _offer;
    private readonly DepositOffers _offers;
    private readonly int _confirmations;
    private ulong _nextBlock;
    private bool _complained;

    public DepositWatch(
        EnclaveContext context,
        ChainView chain,
        Func<DepositProgress> progress,
        Func<byte[], CancellationToken, ValueTask> offer)
    {
        _context = context;
        _chain = chain;
        _progress = progress;
        _offer = offer;
        _offers = new DepositOffers(context.Clock);
        _confirmations = chain.Confirmations;
        _nextBlock = chain.FirstBlock;
    }

    /// <summary>Watches until cancelled. A chain that is gone is asked again at the next tick.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _offers.StartAfter(_progress().LastDepositId);
        using var timer = new PeriodicTimer(DepositLimits.PollInterval, _context.Clock);
        do
        {
            try
            {
                await LookAsync(cancellationToken);
                _complained = false;
            }
            catch (Exception e) when (e is ChainUnavailableException or DepositGapException or JsonRpcException)
            {
                if (!_complained) _context.Log.Write($"deposits cannot be read now: {e.Message}");
                _complained = true;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!_offers.IsFull)
        {
            var reading = await _chain.Vault.ReadAsync(_offers.LastSeen, _nextBlock, _confirmations, cancellationToken);
            _nextBlock = reading.NextBlock;
            _offers.Add(reading.Deposits);
        }

        foreach (var deposit in _offers.Take(_progress())) await _offer(Certify(deposit), cancellationToken);
    }

    private byte[] Certify(VaultDeposit deposit)
    {
        var genesis = _context.Genesis;
        return new DepositCertificate(
            deposit.LogIndex,
            genesis.ChainId,
            genesis.Vault,
            deposit.Token,
            deposit.Id,
            deposit.Amount,
            deposit.EvmBlock,
            deposit.Transaction,
            deposit.Tag).Sign(_context.Keys.SigningKey, genesis.VenueId);
    }
}
