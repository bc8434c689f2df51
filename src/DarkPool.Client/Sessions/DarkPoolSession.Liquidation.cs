using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Lending;

namespace DarkPool.Client.Sessions;

/// <content>Liquidation (docs/LIQUIDATION.md): bids for collateral of others, options for one's own.</content>
public sealed partial class DarkPoolSession
{
    /// <summary>Places a sealed bid for collateral that will be liquidated and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> PlaceBidAsync(PlaceLiquidationBid bid, CancellationToken cancellation = default) =>
        DoAsync(CommandType.PlaceLiquidationBid, Written(PlaceLiquidationBid.Size, bid.Write), cancellation);

    /// <summary>Cancels a sealed bid and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> CancelBidAsync(CancelLiquidationBid bid, CancellationToken cancellation = default) =>
        DoAsync(CommandType.CancelLiquidationBid, Written(CancelLiquidationBid.Size, bid.Write), cancellation);

    /// <summary>Places a sealed bid for collateral of an isolated market and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> PlaceBidAsync(PlaceIsolatedBid bid, CancellationToken cancellation = default) =>
        DoAsync(CommandType.PlaceIsolatedBid, Written(PlaceIsolatedBid.Size, bid.Write), cancellation);

    /// <summary>Cancels a sealed bid for collateral of an isolated market and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> CancelBidAsync(CancelIsolatedBid bid, CancellationToken cancellation = default) =>
        DoAsync(CommandType.CancelIsolatedBid, Written(CancelIsolatedBid.Size, bid.Write), cancellation);

    /// <summary>Sets one's own stop in a liquidation market, or withdraws it, and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> SetStopAsync(SetStop stop, CancellationToken cancellation = default) =>
        DoAsync(CommandType.SetStop, Written(SetStop.Size, stop.Write), cancellation);

    /// <summary>Says when one wants to be relieved before a health of 1, or withdraws that, and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> SetPreLiquidationAsync(SetPreLiquidation option, CancellationToken cancellation = default) =>
        DoAsync(CommandType.SetPreLiquidation, Written(SetPreLiquidation.Size, option.Write), cancellation);

    private async Task<CommandOutcome> DoAsync(CommandType type, byte[] body, CancellationToken cancellation) =>
        await (await _channel.SubmitAsync(type, body, cancellation)).Outcome.WaitAsync(cancellation);
}
