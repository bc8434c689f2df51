using DarkPool.Host.Http;

namespace DarkPool.Host.Sequencing;

/// <summary>What keeps the venue from taking envelopes. Several can hold at once.</summary>
[Flags]
internal enum Hindrance
{
    None = 0,

    /// <summary>The log is not open yet.</summary>
    Starting = 1,

    /// <summary>An enclave is connected, and the log is replayed in it.</summary>
    Restoring = 2,

    /// <summary>The enclave is gone.</summary>
    EnclaveUnavailable = 4,

    /// <summary>The event store does not answer.</summary>
    StoreUnavailable = 8,

    /// <summary>The host was asked to stop.</summary>
    Draining = 16,
}

/// <summary>Whether the venue takes envelopes, and if not, why: the answer of <c>/readyz</c> and of every refused request.</summary>
internal sealed class Availability
{
    /// <summary>What each hindrance is called and answered, the one that outlasts the others first.</summary>
    private static readonly (Hindrance Hindrance, string Name, Problem Refusal)[] Order =
    [
        (Hindrance.Draining, "draining", Problems.Draining),
        (Hindrance.StoreUnavailable, "store-unavailable", Problems.StoreUnavailable),
        (Hindrance.EnclaveUnavailable, "enclave-unavailable", Problems.EnclaveUnavailable),
        (Hindrance.Restoring, "restoring", Problems.EnclaveUnavailable),
        (Hindrance.Starting, "starting", Problems.Starting),
    ];

    private int _hindrances = (int)Hindrance.Starting;

    internal Hindrance Current => (Hindrance)Volatile.Read(ref _hindrances);

    internal bool IsReady => Current == Hindrance.None;

    /// <summary>Why a submission is refused now; null if it is not.</summary>
    internal Problem? Refusal
    {
        get
        {
            var current = Current;
            return current == Hindrance.None ? null : Order.First(item => current.HasFlag(item.Hindrance)).Refusal;
        }
    }

    /// <summary>The state as <c>/v1/venue</c> names it.</summary>
    internal static string NameOf(Hindrance hindrances) => Reasons(hindrances) is [var first, ..] ? first : "live";

    /// <summary>Everything that hinders, the gravest first.</summary>
    internal static IReadOnlyList<string> Reasons(Hindrance hindrances) =>
        [.. Order.Where(item => hindrances.HasFlag(item.Hindrance)).Select(item => item.Name)];

    internal void Add(Hindrance hindrance) => Interlocked.Or(ref _hindrances, (int)hindrance);

    internal void Remove(Hindrance hindrance) => Interlocked.And(ref _hindrances, ~(int)hindrance);
}
