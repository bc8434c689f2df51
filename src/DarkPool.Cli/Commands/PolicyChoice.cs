using DarkPool.Attestation.Policies;
using DarkPool.Cli.Processes;

namespace DarkPool.Cli.Commands;

/// <summary>By which policy a venue's enclave is judged.</summary>
internal static class PolicyChoice
{
    /// <summary>A venue of this machine, which holds nothing but test money, may be judged by the policy for development.</summary>
    /// <exception cref="StackException">No policy is given for a venue elsewhere, or the file is not one.</exception>
    public static AttestationPolicy For(Uri venue, FileInfo? file)
    {
        if (file is not null)
            return Read(file);
        if (!venue.IsLoopback)
            throw new StackException("A venue that is not on this machine needs --policy FILE: what its enclave must prove.");
        Console.Error.WriteLine("WARNING: no --policy given. The enclave is judged by the DEVELOPMENT policy, which anybody can satisfy:");
        Console.Error.WriteLine("WARNING: its root key is public. Nothing is confidential. Use it for tests on this machine only.");
        return AttestationPolicy.Development;
    }

    /// <exception cref="StackException">The file is not a policy.</exception>
    public static AttestationPolicy Read(FileInfo file) =>
        AttestationPolicy.TryParse(File.ReadAllBytes(file.FullName), out AttestationPolicy? policy, out string? error)
            ? policy
            : throw new StackException($"{file.FullName} is not an attestation policy: {error}");
}
