using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>
/// The hardware that is missing here, FAKED: its agent answers on a socket or in a folder as the real one does, and its evidence leads to a
/// root that was made for the test, which only a policy that names it believes.
/// </summary>
internal abstract class FakePlatform : IAsyncDisposable
{
    /// <summary>Name of the provider.</summary>
    public abstract string Provider { get; }

    /// <summary>Socket or folder of the platform.</summary>
    public abstract string Path { get; }

    /// <summary>Arguments of `up` beside provider and path.</summary>
    public virtual IReadOnlyList<string> MoreArguments => [];

    /// <summary>Allows this platform and the program that its evidence names.</summary>
    public abstract AttestationPolicy Policy { get; }

    /// <summary>Differs from <see cref="Policy"/> in the program.</summary>
    public abstract AttestationPolicy OtherProgram { get; }

    /// <summary>Names no test root, as a policy for production.</summary>
    public abstract AttestationPolicy Production { get; }

    /// <summary>How <see cref="Production"/> refuses it.</summary>
    public abstract Refusal ProductionRefusal { get; }

    /// <summary>What the maker publishes.</summary>
    public abstract Collateral Collateral { get; }

    /// <summary>The same after this platform was found to be compromised.</summary>
    public abstract Collateral Revoked { get; }

    public abstract Refusal RevokedRefusal { get; }

    /// <summary>The same as it was published long ago.</summary>
    public abstract Collateral Outdated { get; }

    /// <summary>Refusals of what is outdated, whichever is looked at first.</summary>
    public abstract IReadOnlyList<Refusal> OutdatedRefusals { get; }

    public static FakePlatform Of(string provider) => provider switch
    {
        "tsm" => new FakeSevGuest(),
        "dstack" => new FakeDstack(),
        "rofl" => new FakeRofl(),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    /// <summary>Writes collateral into a file and names it.</summary>
    public static string Save(Collateral collateral, string path)
    {
        File.WriteAllBytes(path, FileCollateral.Format(collateral));
        return path;
    }

    /// <summary>Writes a policy into a file and names it.</summary>
    public static string Save(AttestationPolicy policy, string path)
    {
        File.WriteAllText(path, policy.ToString());
        return path;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>The policy with another value of one measurement.</summary>
    protected static AttestationPolicy With(AttestationPolicy policy, string measurement, string value)
    {
        MeasurementRule rule = policy.Measurements[0];
        var values = new SortedDictionary<string, string>(rule.Values.ToDictionary(), StringComparer.Ordinal) { [measurement] = value };
        return policy with { Measurements = [rule with { Values = values }] };
    }
}
