using System.Text.Json;

namespace DarkPool.Attestation.Collaterals;

/// <summary>
/// Collateral of one platform in one file, to be handed on: a JSON object from the file names of <see cref="DirectoryCollateral"/> to
/// base64.
/// </summary>
public sealed class FileCollateral(string path) : ICollateralSource
{
    /// <summary>Longest file read, in bytes.</summary>
    private const long MaxLength = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public async ValueTask<Collateral> GetAsync(CollateralNeeds needs, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > MaxLength) throw new IOException($"{path} is longer than {MaxLength} bytes.");
        return Parse(await File.ReadAllBytesAsync(path, cancellationToken));
    }

    /// <summary>Writes the file.</summary>
    public static byte[] Format(Collateral collateral)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            foreach (var (name, bytes) in CollateralFiles.Of(collateral)) json.WriteBase64String(name, bytes);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private Collateral Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            var collateral = new Collateral();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String || !member.Value.TryGetBytesFromBase64(out var value))
                    throw new IOException($"{path}: '{member.Name}' is not base64.");
                collateral = CollateralFiles.TrySet(collateral, member.Name, value)
                    ?? throw new IOException($"{path}: '{member.Name}' is unknown.");
            }

            return collateral;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new IOException($"{path} is not a collateral file.", exception);
        }
    }
}
