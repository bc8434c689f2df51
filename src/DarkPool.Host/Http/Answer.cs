using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Host.Http;

/// <summary>What a handler gives back: a value, or the problem document that says why there is none.</summary>
internal readonly struct Answer<T>
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private Answer(T? value, Problem? problem)
    {
        _value = value;
        _problem = problem;
    }

    /// <summary>Whether there is a value; the other one is the problem.</summary>
    internal bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Problem? problem)
    {
        value = _value;
        problem = _problem;
        return problem is null;
    }

    /// <summary>The answer as an HTTP result.</summary>
    internal IResult ToResult(Func<T, IResult> success) => TryGet(out var value, out var problem) ? success(value) : problem;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Problem problem) => new(default, problem);
}
