namespace DarkPool.Engine.Trading;

/// <summary>What becomes of an arriving order and a resting one that it meets at a price both accept.</summary>
internal enum Encounter : byte
{
    /// <summary>They trade the smaller of their open lots.</summary>
    Trade,

    /// <summary>They pass each other over; the arriving one goes on to the next.</summary>
    PassOver,

    /// <summary>The arriving order is cancelled.</summary>
    CancelTaker,

    /// <summary>The resting order is cancelled.</summary>
    CancelMaker,

    /// <summary>Both are cancelled.</summary>
    CancelBoth,

    /// <summary>Both shrink by the smaller of their open lots, without a trade.</summary>
    Decrement,
}

/// <summary>Judges encounters. Implemented by a struct; nothing changes by asking.</summary>
internal interface IEncounterRule
{
    /// <summary>The least that the arriving order takes of one counterparty while it has at least as much open; 0 for any.</summary>
    ulong Each { get; }

    /// <summary>What becomes of the arriving order, <paramref name="lots"/> of which are open, and the maker at a slot.</summary>
    Encounter Judge(uint slot, in OrderNode maker, ulong lots);
}

/// <summary>Judges encounters and carries them out.</summary>
internal interface IEncounterSink : IEncounterRule, ITradeSink
{
    /// <summary>Cancels the maker at a slot, and takes it out of the book.</summary>
    void CancelMaker(uint slot);

    /// <summary>Takes note that the arriving order is cancelled.</summary>
    void CancelTaker();

    /// <summary>
    /// Both shrink by so many lots, the arriving order to <paramref name="left"/>; a maker that has no more is cancelled.
    /// </summary>
    void Decrement(uint slot, ulong by, ulong left);
}
