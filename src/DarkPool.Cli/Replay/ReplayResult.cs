namespace DarkPool.Cli.Replay;

/// <summary>What `replay` prints. The names are an interface: they do not change.</summary>
internal sealed record ReplayResult
{
    /// <summary>Orders sent.</summary>
    public required int Orders { get; init; }

    /// <summary>Cancels sent.</summary>
    public required int Cancels { get; init; }

    /// <summary>Orders that the enclave accepted.</summary>
    public required int Accepted { get; init; }

    /// <summary>Orders and cancels that the enclave refused, without <see cref="CancelsTooLate"/>.</summary>
    public required int Rejected { get; init; }

    /// <summary>Cancels of orders that did not rest any more: by the rules of the recording they do nothing.</summary>
    public required int CancelsTooLate { get; init; }

    /// <summary>Trades.</summary>
    public required int Fills { get; init; }

    /// <summary>Lots traded.</summary>
    public required ulong TradedQuantity { get; init; }

    /// <summary>Blocks that hold what was sent.</summary>
    public required int Blocks { get; init; }

    /// <summary>Settlement batches that closed meanwhile, up to the one that published the last trade.</summary>
    public required int SettlementBatches { get; init; }

    /// <summary>Transactions on chain that published them.</summary>
    public required int SettlementTransactions { get; init; }

    /// <summary>From the first command sealed to the last report opened.</summary>
    public required double Seconds { get; init; }

    /// <summary>Orders and cancels in a second.</summary>
    public required double OrdersPerSecond { get; init; }

    /// <summary>Time from sealing, or from when it was due at a given rate, to the verified receipt.</summary>
    public required double ReceiptP50Ms { get; init; }

    /// <inheritdoc cref="ReceiptP50Ms"/>
    public required double ReceiptP99Ms { get; init; }

    /// <summary>Time from sealing, or from when it was due at a given rate, to the opened report.</summary>
    public required double ReportP50Ms { get; init; }

    /// <inheritdoc cref="ReportP50Ms"/>
    public required double ReportP99Ms { get; init; }
}
