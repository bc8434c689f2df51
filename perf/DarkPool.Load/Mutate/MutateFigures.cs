namespace DarkPool.Load.Mutate;

/// <summary>What a run of mutants showed.</summary>
internal sealed record MutateFigures
{
    /// <summary>What is taken for quadratic: the exponent of time over length is 1 for linear work, 2 for quadratic.</summary>
    public const double MaxExponent = 1.5;

    public required long Mutants { get; init; }

    public required int Samples { get; init; }

    /// <summary>Mutants in which a structure was changed as such.</summary>
    public required long Structured { get; init; }

    public required int Workers { get; init; }

    public required double Seconds { get; init; }

    public double MutantsPerSecond => Mutants / Seconds;

    public required long Exceptions { get; init; }

    /// <summary>Mutants accepted although they say something else than the sample.</summary>
    public required long Acceptances { get; init; }

    /// <summary>Accepted mutants that say word for word what the sample says: they differ in white space and the like.</summary>
    public required long OfEqualMeaning { get; init; }

    public required IReadOnlyDictionary<string, long> EqualMeaningByPart { get; init; }

    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    public required SlowestFigures Slowest { get; init; }

    /// <summary>How the time for the most hostile inputs grows with their length.</summary>
    public IReadOnlyList<GrowthFigures> Growth { get; init; } = [];

    public double LargestExponent => Growth.Count == 0 ? 0 : Growth.Max(growth => growth.Exponent);

    public double ExponentLimit { get; init; } = MaxExponent;

    /// <summary>The bugs found, the first hundred.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    public bool Holds => Exceptions == 0 && Acceptances == 0 && LargestExponent <= MaxExponent;
}

/// <summary>The mutant that took longest.</summary>
internal sealed record SlowestFigures(string Target, string Part, long Index, int Seed, int Length, string Result, double Milliseconds);

/// <summary>Time over length of one hostile shape: the shortest of several runs each.</summary>
internal sealed record GrowthFigures(string Shape, IReadOnlyList<int> Lengths, IReadOnlyList<double> Milliseconds, double Exponent);
