namespace DarkPool.Client;

/// <summary>
/// A call to a venue failed. A command that the venue's engine rejected is not an exception but a <see
/// cref="Submission.CommandOutcome"/>.
/// </summary>
public sealed class DarkPoolException : Exception
{
    /// <summary>Names a failure.</summary>
    public DarkPoolException(DarkPoolError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>What kind of failure it is.</summary>
    public DarkPoolError Error { get; }
}
