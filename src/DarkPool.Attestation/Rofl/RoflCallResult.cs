using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace DarkPool.Attestation.Rofl;

/// <summary>The result of a call on an Oasis chain: CBOR <c>{"ok": value}</c> or <c>{"fail": {module, code, message}}</c>.</summary>
public sealed class RoflCallResult
{
    private RoflCallResult(ReadOnlyMemory<byte> value, string? failure)
    {
        Value = value;
        Failure = failure;
    }

    /// <summary>Whether the call was executed.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>What the call returned: the bytes of a contract's answer, else the CBOR of the value.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Module, code and message of a failure; null if there was none.</summary>
    public string? Failure { get; }

    /// <summary>Reads the daemon's answer; false if it is not a call result.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> cbor, [NotNullWhen(true)] out RoflCallResult? result)
    {
        result = null;
        try
        {
            var reader = new CborReader(cbor, CborConformanceMode.Strict);
            if (reader.ReadStartMap() != 1) return false;
            result = reader.ReadTextString() switch
            {
                "ok" => new RoflCallResult(ReadValue(reader), null),
                "fail" => new RoflCallResult(default, ReadFailure(reader)),
                _ => null,
            };
            reader.ReadEndMap();
            return result is not null && reader.BytesRemaining == 0;
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            result = null;
            return false;
        }
    }

    private static ReadOnlyMemory<byte> ReadValue(CborReader reader) =>
        reader.PeekState() == CborReaderState.ByteString ? reader.ReadByteString() : reader.ReadEncodedValue().ToArray();

    private static string ReadFailure(CborReader reader)
    {
        var (module, code, message) = ("", 0u, "");
        var count = reader.ReadStartMap();
        for (var index = 0; index < count; index++)
        {
            switch (reader.ReadTextString())
            {
                case "module":
                    module = reader.ReadTextString();
                    break;
                case "code":
                    code = reader.ReadUInt32();
                    break;
                case "message":
                    message = reader.ReadTextString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return $"{module} {code}: {message}";
    }
}
