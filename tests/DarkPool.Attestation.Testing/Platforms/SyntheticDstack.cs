using System.Security.Cryptography;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Agents;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>A dstack application on a synthetic Intel platform.</summary>
internal static class SyntheticDstack
{
    public static byte[] AppKey { get; } = SHA256.HashData("application key"u8);

    public static byte[] KmsKey { get; } = SHA256.HashData("key management service"u8);

    public static byte[] AppId { get; } = Enumerable.Repeat((byte)0xa9, 20).ToArray();

    /// <summary>The guest agent of an application whose quotes carry the register of a log.</summary>
    public static DstackAgentServer Agent(SyntheticIntel intel, (string Json, byte[] Register) log) => new(
        AppKey, KmsKey, AppId, data => (intel.TdxQuote(data, change: body => log.Register.CopyTo(body, 328 + (3 * 48))), log.Json));

    /// <summary>A policy that tells the application by its composition.</summary>
    public static AttestationPolicy Policy(SyntheticIntel intel, string composeHash)
    {
        var policy = intel.Policy("dstack");
        var values = new SortedDictionary<string, string>(policy.Measurements[0].Values.ToDictionary()) { ["compose-hash"] = composeHash };
        values.Remove("rtmr3");
        return policy with { Measurements = [policy.Measurements[0] with { Values = values }] };
    }
}
