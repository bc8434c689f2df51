using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Sessions;

/// <summary>
/// A sealed channel between one account and the enclave. Commands take effect in the order in which they were submitted. It survives a
/// loss of host or enclave: the same bytes are sent again, and reports go on where they ended. Safe to use from any thread.
/// </summary>
public sealed partial class DarkPoolSession : IAsyncDisposable
{
    private readonly SessionChannel _channel;

    internal DarkPoolSession(SessionChannel channel) => _channel = channel;

    /// <summary>Number of the session: the place of its hello in the log.</summary>
    public ulong Number => _channel.Number;

    /// <summary>The account behind it, which only the enclave and its owner know.</summary>
    public AccountKey Account => _channel.Account;

    /// <summary>Ends when the session is closed or disposed, and faults when it is lost.</summary>
    public Task Completion => _channel.Completion;

    /// <summary>Submits an order; waits only while the client or the session has too many commands on their way.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(PlaceOrder order, CancellationToken cancellation = default)
    {
        var body = new byte[PlaceOrder.Size];
        order.Write(body);
        return _channel.SubmitAsync(CommandType.PlaceOrder, body, cancellation);
    }

    /// <summary>Submits a cancel; waits only while the client or the session has too many commands on their way.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(CancelOrder cancel, CancellationToken cancellation = default)
    {
        var body = new byte[CancelOrder.Size];
        cancel.Write(body);
        return _channel.SubmitAsync(CommandType.CancelOrder, body, cancellation);
    }

    /// <summary>Submits a change of an open order; waits only while the client or the session has too many commands on their way.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(ReplaceOrder replace, CancellationToken cancellation = default)
    {
        var body = new byte[ReplaceOrder.Size];
        replace.Write(body);
        return _channel.SubmitAsync(CommandType.ReplaceOrder, body, cancellation);
    }

    /// <summary>
    /// Submits the answer to an invitation; waits only while the client or the session has too many commands on their way.
    /// </summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(FirmUp firmUp, CancellationToken cancellation = default)
    {
        var body = new byte[FirmUp.Size];
        firmUp.Write(body);
        return _channel.SubmitAsync(CommandType.FirmUp, body, cancellation);
    }

    /// <summary>Submits cover traffic: it looks like every other command and does nothing.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitCoverAsync(CancellationToken cancellation = default) =>
        _channel.SubmitAsync(CommandType.Cover, default, cancellation);

    /// <summary>Places an order and waits for the enclave's answer; fills come as reports.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> PlaceAsync(PlaceOrder order, CancellationToken cancellation = default) =>
        await (await SubmitAsync(order, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>Cancels an order and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> CancelAsync(CancelOrder cancel, CancellationToken cancellation = default) =>
        await (await SubmitAsync(cancel, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>Changes an order and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> ReplaceAsync(ReplaceOrder replace, CancellationToken cancellation = default) =>
        await (await SubmitAsync(replace, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>
    /// Firms up a conditional order after a report <see cref="FirmUpInvited"/> and waits for the enclave's answer; fills come as reports
    /// when the round ends.
    /// </summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> FirmUpAsync(FirmUp firmUp, CancellationToken cancellation = default) =>
        await (await SubmitAsync(firmUp, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>Asks for the account's balances; assets without one are left out.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<IReadOnlyList<Balance>> QueryBalancesAsync(CancellationToken cancellation = default)
    {
        SubmittedCommand query = await _channel.SubmitAsync(CommandType.QueryBalances, default, cancellation);
        await query.Outcome.WaitAsync(cancellation);
        return query.Balances;
    }

    /// <summary>Closes the session at the venue and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task CloseAsync(CancellationToken cancellation = default)
    {
        SubmittedCommand close = await _channel.SubmitAsync(CommandType.CloseSession, default, cancellation);
        await close.Outcome.WaitAsync(cancellation);
    }

    /// <summary>
    /// Stops reading and forgets the keys. The session stays open at the venue unless <see cref="CloseAsync"/> was called.
    /// </summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
