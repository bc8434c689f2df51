namespace DarkPool.Attestation;

/// <summary>The time in which everything that was included is valid.</summary>
internal sealed class ValidityWindow
{
    public DateTimeOffset From { get; private set; } = DateTimeOffset.MinValue;

    public DateTimeOffset To { get; private set; } = DateTimeOffset.MaxValue;

    public void Include(DateTimeOffset from, DateTimeOffset to)
    {
        if (from > From) From = from;
        if (to < To) To = to;
    }
}
