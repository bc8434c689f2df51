using DarkPool.Client.Submission;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Sessions;

/// <content>Loans (docs/LENDING.md). A refusal is an outcome with the profile's own name for it.</content>
public sealed partial class DarkPoolSession
{
    /// <summary>Submits an operation on a lending pool; waits only while too many commands are on their way.</summary>
    /// <param name="type">One of PoolSupply to PoolMintToTreasury.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of a pool's operations.</exception>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(CommandType type, PoolOperation operation, CancellationToken cancellation = default)
    {
        if (type is < CommandType.PoolSupply or > CommandType.PoolMintToTreasury) throw new ArgumentOutOfRangeException(nameof(type));
        var body = new byte[PoolOperation.Size];
        operation.Write(body);
        return _channel.SubmitAsync(type, body, cancellation);
    }

    /// <summary>Submits an operation on an isolated market; waits only while too many commands are on their way.</summary>
    /// <param name="type">One of IsolatedSupply to IsolatedRepay.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of an isolated market's operations.</exception>
    /// <exception cref="DarkPoolException">The session or the venue was lost before.</exception>
    public ValueTask<SubmittedCommand> SubmitAsync(CommandType type, IsolatedOperation operation, CancellationToken cancellation = default)
    {
        if (type is < CommandType.IsolatedSupply or > CommandType.IsolatedRepay) throw new ArgumentOutOfRangeException(nameof(type));
        var body = new byte[IsolatedOperation.Size];
        operation.Write(body);
        return _channel.SubmitAsync(type, body, cancellation);
    }

    /// <summary>Does an operation on a lending pool and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> LendAsync(CommandType type, PoolOperation operation, CancellationToken cancellation = default) =>
        await (await SubmitAsync(type, operation, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>Does an operation on an isolated market and waits for the enclave's answer.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public async Task<CommandOutcome> LendAsync(CommandType type, IsolatedOperation operation, CancellationToken cancellation = default) =>
        await (await SubmitAsync(type, operation, cancellation)).Outcome.WaitAsync(cancellation);

    /// <summary>Supplies available money to a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="amount">Base units.</param>
    /// <param name="onBehalfOf">Whose supply it becomes; null: one's own.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<CommandOutcome> SupplyAsync(
        uint pool, uint asset, UInt128 amount, AccountKey? onBehalfOf = null, CancellationToken cancellation = default) =>
        LendAsync(CommandType.PoolSupply, new PoolOperation(pool, asset, amount, 0, onBehalfOf?.Key ?? default), cancellation);

    /// <summary>Takes supply back; <see cref="PoolOperation.All"/> for all of it.</summary>
    public Task<CommandOutcome> WithdrawAsync(uint pool, uint asset, UInt128 amount, CancellationToken cancellation = default) =>
        LendAsync(CommandType.PoolWithdraw, new PoolOperation(pool, asset, amount, 0, default), cancellation);

    /// <summary>Borrows against one's collateral: what is borrowed is available at once, to trade with or to withdraw.</summary>
    public Task<CommandOutcome> BorrowAsync(uint pool, uint asset, UInt128 amount, CancellationToken cancellation = default) =>
        LendAsync(CommandType.PoolBorrow, new PoolOperation(pool, asset, amount, 0, default), cancellation);

    /// <summary>Pays debt back; <see cref="PoolOperation.All"/> for all of one's own.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="amount">Base units; what exceeds the debt is not taken.</param>
    /// <param name="debtor">Whose debt; null: one's own.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<CommandOutcome> RepayAsync(
        uint pool, uint asset, UInt128 amount, AccountKey? debtor = null, CancellationToken cancellation = default) =>
        LendAsync(CommandType.PoolRepay, new PoolOperation(pool, asset, amount, 0, debtor?.Key ?? default), cancellation);

    /// <summary>Asks for one's own position in a pool, with interest to the time of the block that answers.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<PoolAnswer> QueryPoolAsync(uint pool, CancellationToken cancellation = default) =>
        AskPoolAsync(CommandType.QueryPool, Written(LendingQuery.Size, new LendingQuery(pool).Write), cancellation);

    /// <summary>Asks for the position that one would have after an operation, at another price, or both.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<PoolAnswer> WhatIfAsync(PoolWhatIf question, CancellationToken cancellation = default) =>
        AskPoolAsync(CommandType.PoolWhatIf, Written(PoolWhatIf.Size, question.Write), cancellation);

    /// <summary>Asks for one's own position in an isolated market, with interest to the time of the block that answers.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<IsolatedAnswer> QueryIsolatedAsync(uint market, CancellationToken cancellation = default) =>
        AskIsolatedAsync(CommandType.QueryIsolated, Written(LendingQuery.Size, new LendingQuery(market).Write), cancellation);

    /// <summary>Asks for the position that one would have after an operation, at another price, or both.</summary>
    /// <exception cref="DarkPoolException">The session or the venue was lost before the answer came.</exception>
    public Task<IsolatedAnswer> WhatIfAsync(IsolatedWhatIf question, CancellationToken cancellation = default) =>
        AskIsolatedAsync(CommandType.IsolatedWhatIf, Written(IsolatedWhatIf.Size, question.Write), cancellation);

    private delegate void BodyWriting(Span<byte> destination);

    private async Task<PoolAnswer> AskPoolAsync(CommandType type, byte[] body, CancellationToken cancellation)
    {
        SubmittedCommand asked = await _channel.SubmitAsync(type, body, cancellation);
        CommandOutcome outcome = await asked.Outcome.WaitAsync(cancellation);
        PoolPosition position = default;
        var holdings = new List<PoolHolding>();
        foreach (LendingReport report in asked.Positions)
        {
            if (report.Type == ReportType.PoolPosition && PoolPosition.TryRead(report.Body, out PoolPosition whole))
                position = whole;
            else if (report.Type == ReportType.PoolHolding && PoolHolding.TryRead(report.Body, out PoolHolding holding))
                holdings.Add(holding);
        }
        return new PoolAnswer(outcome, position, holdings);
    }

    private async Task<IsolatedAnswer> AskIsolatedAsync(CommandType type, byte[] body, CancellationToken cancellation)
    {
        SubmittedCommand asked = await _channel.SubmitAsync(type, body, cancellation);
        CommandOutcome outcome = await asked.Outcome.WaitAsync(cancellation);
        IsolatedPosition position = default;
        foreach (LendingReport report in asked.Positions)
        {
            if (report.Type == ReportType.IsolatedPosition && IsolatedPosition.TryRead(report.Body, out IsolatedPosition whole))
                position = whole;
        }
        return new IsolatedAnswer(outcome, position);
    }

    private static byte[] Written(int size, BodyWriting write)
    {
        var body = new byte[size];
        write(body);
        return body;
    }
}
