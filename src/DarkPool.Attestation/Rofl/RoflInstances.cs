using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace DarkPool.Attestation.Rofl;

/// <summary>
/// The registered instances of an application, as a node answers to <c>rofl.AppInstances</c>: a CBOR list of maps with, among others,
/// <c>app</c> (21 bytes) and <c>metadata</c> (text to text). The chain verified a quote of each before it registered it and drops it when
/// its registration expires. The answer is not signed: it is worth what the node is worth that gave it.
/// </summary>
internal sealed class RoflInstances
{
    /// <summary>The application's own metadata stand under this prefix.</summary>
    private const string MetadataPrefix = "net.oasis.app.";

    /// <summary>Most instances looked at; a venue runs a handful.</summary>
    private const int MaxInstances = 256;

    /// <summary>Most pairs of metadata that the chain takes.</summary>
    private const int MaxPairs = 64;

    private readonly List<(byte[] App, Dictionary<string, string> Metadata)> _instances = [];

    private RoflInstances(CborReader reader)
    {
        var count = reader.ReadStartArray() ?? throw new CborContentException("A list of unknown length.");
        if (count > MaxInstances) throw new CborContentException("Too many instances.");
        for (var index = 0; index < count; index++) _instances.Add(ReadInstance(reader));
        reader.ReadEndArray();
        if (reader.BytesRemaining != 0) throw new CborContentException("Bytes after the list.");
    }

    /// <summary>Reads a node's answer; false if it is not one.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> cbor, [NotNullWhen(true)] out RoflInstances? instances)
    {
        instances = null;
        try
        {
            instances = new RoflInstances(new CborReader(cbor, CborConformanceMode.Strict));
            return true;
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Whether an instance of the application published this pair.</summary>
    public bool Published(ReadOnlySpan<byte> app, string name, string value)
    {
        foreach (var instance in _instances)
        {
            var published = instance.Metadata.GetValueOrDefault(MetadataPrefix + name);
            if (published == value && app.SequenceEqual(instance.App)) return true;
        }

        return false;
    }

    private static (byte[] App, Dictionary<string, string> Metadata) ReadInstance(CborReader reader)
    {
        byte[] app = [];
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var members = reader.ReadStartMap() ?? throw new CborContentException("A map of unknown length.");
        for (var index = 0; index < members; index++)
        {
            switch (reader.ReadTextString())
            {
                case "app":
                    app = reader.ReadByteString();
                    break;
                case "metadata":
                    ReadMetadata(reader, metadata);
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return (app, metadata);
    }

    private static void ReadMetadata(CborReader reader, Dictionary<string, string> metadata)
    {
        var count = reader.ReadStartMap() ?? throw new CborContentException("A map of unknown length.");
        if (count > MaxPairs) throw new CborContentException("Too many pairs.");
        for (var index = 0; index < count; index++)
        {
            var name = reader.ReadTextString();
            metadata[name] = reader.ReadTextString();
        }

        reader.ReadEndMap();
    }
}
