using System.Text;

namespace DarkPool.Protocol.Tests.Documentation;

/// <summary>A worked example as it stands in docs/PROTOCOL.md: a fenced block of named bytes in hex, 64 bytes a line.</summary>
internal sealed class Example(string name)
{
    private const int BytesPerLine = 64;

    private readonly StringBuilder _text = new();

    public string Name { get; } = name;

    public string Text => $"```text\nexample: {Name}\n{_text}```";

    public Example Say(string label, string value)
    {
        _text.Append(label).Append(": ").Append(value).Append('\n');
        return this;
    }

    public Example Bytes(string label, ReadOnlySpan<byte> bytes)
    {
        _text.Append(label).Append(" (").Append(bytes.Length).Append("):\n");
        for (var at = 0; at < bytes.Length; at += BytesPerLine)
            _text.Append("  ").Append(Convert.ToHexStringLower(bytes.Slice(at, Math.Min(BytesPerLine, bytes.Length - at)))).Append('\n');
        return this;
    }
}
