using DarkPool.Client.Submission;
using DarkPool.Protocol.Lending;

namespace DarkPool.Client.Sessions;

/// <summary>The answer to a question about one's own position in a lending pool.</summary>
/// <param name="Outcome">Whether it was answered.</param>
/// <param name="Position">The position as a whole; of zeros if it was not answered.</param>
/// <param name="Holdings">Its parts, by ascending reserve.</param>
public sealed record PoolAnswer(CommandOutcome Outcome, PoolPosition Position, IReadOnlyList<PoolHolding> Holdings);

/// <summary>The answer to a question about one's own position in an isolated market.</summary>
/// <param name="Outcome">Whether it was answered.</param>
/// <param name="Position">The position; of zeros if it was not answered.</param>
public sealed record IsolatedAnswer(CommandOutcome Outcome, IsolatedPosition Position);
