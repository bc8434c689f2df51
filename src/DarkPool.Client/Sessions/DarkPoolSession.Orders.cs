using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;

namespace DarkPool.Client.Sessions;

/// <summary>Commands about all orders of the account, and about whom it trades with.</summary>
public sealed partial class DarkPoolSession
{
    /// <summary>
    /// Cancels all open orders, or those of a market or side, and waits for the enclave's answer; each order's own report comes before it.
    /// </summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> CancelAllAsync(CancelAll cancel, CancellationToken cancellation = default)
    {
        var body = new byte[CancelAll.Size];
        cancel.Write(body);
        return AnswerAsync(CommandType.CancelAll, body, cancellation);
    }

    /// <summary>Sets the account's own trading rules and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> ConfigureAsync(ConfigureAccount rules, CancellationToken cancellation = default)
    {
        var body = new byte[ConfigureAccount.Size];
        rules.Write(body);
        return AnswerAsync(CommandType.ConfigureAccount, body, cancellation);
    }

    /// <summary>Denies a counterparty or takes the denial back, and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> SetCounterpartyAsync(SetCounterparty counterparty, CancellationToken cancellation = default)
    {
        var body = new byte[SetCounterparty.Size];
        counterparty.Write(body);
        return AnswerAsync(CommandType.SetCounterparty, body, cancellation);
    }

    /// <summary>Gives an account its tier, for the venue's operator, and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<CommandOutcome> SetTierAsync(SetTier tier, CancellationToken cancellation = default)
    {
        var body = new byte[SetTier.Size];
        tier.Write(body);
        return AnswerAsync(CommandType.SetTier, body, cancellation);
    }

    private async Task<CommandOutcome> AnswerAsync(CommandType type, byte[] body, CancellationToken cancellation) =>
        await (await _channel.SubmitAsync(type, body, cancellation)).Outcome.WaitAsync(cancellation);
}
