using System.Globalization;

namespace DarkPool.Attestation;

/// <summary>Judges when a signed statement was made: recently, by the verifier's clock.</summary>
internal static class StatementTime
{
    /// <summary>How far a statement's time may lie ahead: clocks of two processes on one machine.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>The year 9000: far from the end of <see cref="DateTimeOffset"/>, whose arithmetic throws there.</summary>
    private static readonly long MaxMicroseconds =
        (new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A statement's time for people, whatever it says.</summary>
    public static string Text(long microseconds) => (ulong)microseconds <= (ulong)MaxMicroseconds
        ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("u", CultureInfo.InvariantCulture)
        : "no time";

    /// <summary>The time of a statement, if it is not too old and not from the future.</summary>
    public static bool TryJudge(long microseconds, VerificationContext context, out DateTimeOffset time)
    {
        const string Subject = "statement time";
        var known = (ulong)microseconds <= (ulong)MaxMicroseconds;
        time = known ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : DateTimeOffset.MaxValue;
        var maxAge = context.Policy.StatementMaxAge;
        if (!known || time > context.Now + ClockTolerance || time < context.Now - maxAge)
            return context.Findings.Refuse(Refusal.StatementExpired, Subject, $"{time:u} is not within {maxAge} before {context.Now:u}");
        context.Findings.Pass(Subject, $"{time:u}");
        context.Window.Include(time, time + maxAge);
        return true;
    }
}
