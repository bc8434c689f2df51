using DarkPool.Chain.Deposits;

namespace DarkPool.Enclave.Deposits;

/// <summary>
/// The deposits that the chain shows and the log does not have yet, and which of them to offer now. A deposit of a token that is not
/// listed waits, and all after it, because they are credited in order; nothing is lost.
/// </summary>
internal sealed class DepositOffers(TimeProvider clock)
{
    private readonly Queue<VaultDeposit> _pending = new();
    private ulong _offeredUpTo;
    private long _lastOffer;

    /// <summary>The last deposit that was seen; 0 if none.</summary>
    public ulong LastSeen { get; private set; }

    public bool IsFull => _pending.Count >= DepositLimits.MaxPending;

    /// <summary>Starts behind what the log has.</summary>
    public void StartAfter(ulong depositId)
    {
        LastSeen = depositId;
        _offeredUpTo = depositId;
    }

    public void Add(IEnumerable<VaultDeposit> deposits)
    {
        foreach (var deposit in deposits)
        {
            _pending.Enqueue(deposit);
            LastSeen = deposit.Id;
        }
    }

    /// <summary>What to offer now: what was not offered yet, or all again when the log has not moved for long.</summary>
    public List<VaultDeposit> Take(DepositProgress progress)
    {
        while (_pending.TryPeek(out var oldest) && oldest.Id <= progress.LastDepositId) _pending.Dequeue();
        var isOverdue = clock.GetElapsedTime(_lastOffer) >= DepositLimits.OfferAgainAfter;
        if (_offeredUpTo < progress.LastDepositId || isOverdue) _offeredUpTo = progress.LastDepositId;

        var last = progress.LastDepositId + DepositLimits.MaxOffersAhead;
        var offers = _pending
            .TakeWhile(deposit => deposit.Id <= last && progress.Tokens.Contains(deposit.Token))
            .Where(deposit => deposit.Id > _offeredUpTo)
            .ToList();
        if (offers.Count == 0) return offers;
        _offeredUpTo = offers[^1].Id;
        _lastOffer = clock.GetTimestamp();
        return offers;
    }
}
