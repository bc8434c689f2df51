using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// A dstack event log: a JSON list of what was extended into the RTMRs, <c>{imr, event_type, digest, event, event_payload}</c>. A register
/// is replayed as <c>SHA-384(register || digest)</c> from zeros. The digest of a runtime event, which alone goes into RTMR3, is
/// <c>SHA-384(le32(0x08000001) || ":" || event || ":" || payload)</c> and is computed here, not believed.
/// </summary>
internal sealed class EventLog
{
    private const uint RuntimeEventType = 0x0800_0001;
    private const int RuntimeRegister = 3;

    /// <summary>More events than any boot measures; bounds the hashing.</summary>
    private const int MaxEvents = 4096;

    private static readonly string[] MeasuredEvents = ["app-id", "compose-hash", "os-image-hash"];

    private readonly byte[][] _registers = [.. Enumerable.Range(0, TdReport.RegisterCount).Select(_ => new byte[TdReport.RegisterLength])];
    private readonly bool[] _extended = new bool[TdReport.RegisterCount];
    private readonly List<RuntimeEvent> _runtime = [];

    private EventLog(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxEvents) throw new JsonException("Not a list of events.");
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) throw new JsonException("Not an event.");
            Replay(new CollateralObject(item));
        }
    }

    /// <summary>The events of RTMR3, in order.</summary>
    public IReadOnlyList<RuntimeEvent> RuntimeEvents => _runtime;

    /// <summary>Reads and replays a log; false if it is not one.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out EventLog? log)
    {
        log = null;
        try
        {
            using var document = JsonDocument.Parse(json, CollateralObject.Strict);
            log = new EventLog(document.RootElement);
            return true;
        }
        catch (Exception exception) when (CollateralObject.IsBadJson(exception))
        {
            return false;
        }
    }

    /// <summary>Whether the replay gives the registers of the report: RTMR3, and every other that the log has events for.</summary>
    public bool Explains(TdReport report)
    {
        for (var index = 0; index < TdReport.RegisterCount; index++)
        {
            var mustMatch = _extended[index] || index == RuntimeRegister;
            if (mustMatch && !report.Rtmr(index).SequenceEqual(_registers[index])) return false;
        }

        return true;
    }

    /// <summary>
    /// The payload of the first runtime event of a name: later ones may come from the application itself. Null if there is none.
    /// </summary>
    public string? First(string name) => _runtime.FirstOrDefault(item => item.Name == name)?.Payload;

    /// <summary>Adds the payloads of the events that dstack's system measures before the application, and that rules can name.</summary>
    public void AddMeasured(Dictionary<string, string> measurements)
    {
        foreach (var name in MeasuredEvents)
        {
            if (First(name) is { } payload) measurements[name] = payload;
        }
    }

    private void Replay(CollateralObject item)
    {
        var register = item.Number("imr");
        if (register >= TdReport.RegisterCount) throw new JsonException("imr: no such register.");
        var digest = item.Hex("digest", TdReport.RegisterLength);
        if (register == RuntimeRegister)
        {
            if (item.Number("event_type") != RuntimeEventType) throw new JsonException("event_type: not a runtime event.");
            var (name, payload) = (item.Text("event"), item.Text("event_payload"));
            digest = RuntimeDigest(name, payload);
            _runtime.Add(new RuntimeEvent(name, payload.ToLowerInvariant()));
        }

        _extended[register] = true;
        SHA384.HashData([.. _registers[register], .. digest], _registers[register]);
    }

    private static byte[] RuntimeDigest(string name, string payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
        Span<byte> type = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(type, RuntimeEventType);
        hash.AppendData(type);
        hash.AppendData(":"u8);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData(":"u8);
        if (payload.Length % 2 != 0 || !payload.All(char.IsAsciiHexDigit)) throw new JsonException("event_payload: not hex.");
        hash.AppendData(Convert.FromHexString(payload));
        return hash.GetHashAndReset();
    }
}
