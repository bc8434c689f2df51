namespace DarkPool.EventStore.Migrations;

/// <summary>The database's schema is not the one that this program needs, and what to do about it.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do, for the operator.</param>
    /// <param name="inner">What the database said, if it was that.</param>
    public MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
