namespace DarkPool.Load.OrderFlow;

/// <summary>A prepared flow that begins and ends with an empty book, so that it can be repeated with fresh ids.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="Commands">The commands of one round.</param>
/// <param name="Rounds">How often a measurement repeats it.</param>
/// <param name="PeakResting">Most orders that rest at once.</param>
/// <param name="Events">What a book tells in one round: an operation that trades tells more than one that rests.</param>
internal sealed record OrderFlowSet(string Name, BookCommand[] Commands, int Rounds, int PeakResting, long Events)
{
    /// <summary>What a round adds to every id: ids of different rounds never meet.</summary>
    public const ulong IdsPerRound = 1UL << 48;
}
