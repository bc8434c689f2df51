using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>Logs of runtime events as dstack's guest agent keeps them.</summary>
internal static class SyntheticEventLog
{
    /// <summary>A log and the RTMR3 that its events give.</summary>
    public static (string Json, byte[] Register) Of(params (string Name, string Payload)[] events)
    {
        var register = new byte[48];
        var items = new List<object>();
        foreach (var (name, payload) in events)
        {
            byte[] content = [1, 0, 0, 8, .. Encoding.UTF8.GetBytes($":{name}:"), .. Convert.FromHexString(payload)];
            var digest = SHA384.HashData(content);
            register = SHA384.HashData([.. register, .. digest]);
            var hex = Convert.ToHexStringLower(digest);
            items.Add(new { imr = 3, event_type = 0x08000001, digest = hex, @event = name, event_payload = payload });
        }

        return (JsonSerializer.Serialize(items), register);
    }
}
