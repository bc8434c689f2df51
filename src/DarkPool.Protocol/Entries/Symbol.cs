using System.Text;

namespace DarkPool.Protocol.Entries;

/// <summary>A name in a field of fixed size: printable ASCII without spaces, then zeros.</summary>
internal static class Symbol
{
    public static void Write(string symbol, Span<byte> field)
    {
        if (!IsValid(symbol, field.Length))
            throw new ArgumentException($"A symbol is 1 to {field.Length} printable ASCII characters.", nameof(symbol));
        field.Clear();
        Encoding.ASCII.GetBytes(symbol, field);
    }

    public static bool TryRead(ReadOnlySpan<byte> field, out string symbol)
    {
        var text = field.TrimEnd((byte)0);
        symbol = Encoding.Latin1.GetString(text);
        return IsValid(symbol, field.Length);
    }

    private static bool IsValid(string symbol, int maxLength) =>
        symbol.Length > 0 && symbol.Length <= maxLength && !symbol.AsSpan().ContainsAnyExceptInRange('!', '~');
}
