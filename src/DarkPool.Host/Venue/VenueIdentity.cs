using DarkPool.Host.Hosting;
using DarkPool.Protocol.Identity;

namespace DarkPool.Host.Venue;

/// <summary>Which venue this host serves.</summary>
internal sealed record VenueIdentity(Genesis Genesis)
{
    /// <summary>Reads the genesis file.</summary>
    /// <exception cref="HostFailure">It cannot be read or is not one.</exception>
    internal static VenueIdentity Load(string path)
    {
        try
        {
            return new VenueIdentity(Genesis.Parse(File.ReadAllText(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new HostFailure(ExitCode.Misconfigured, $"the genesis file {path} cannot be used: {e.Message}", e);
        }
    }
}
