namespace DarkPool.Load.OrderFlow.Sessions;

/// <summary>A published session: how the middle price moves.</summary>
/// <param name="Name">What the publisher calls it.</param>
/// <param name="Volatility">Annual volatility.</param>
/// <param name="Swing">The excursion of the price over the session that is aimed at, as a part of the price.</param>
internal sealed record SessionScenario(string Name, double Volatility, double Swing)
{
    /// <summary>All five.</summary>
    public static IReadOnlyList<SessionScenario> All { get; } =
    [
        new("static", 0, 0),
        new("normal", 0.15, 0.02),
        new("swing-25", 0.50, 0.25),
        new("swing-40", 0.50, 0.40),
        new("flash-crash", 0.50, 0.60),
    ];
}
