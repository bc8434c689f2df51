using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DarkPool.EndToEnd.Tests.Secrets;

/// <summary>
/// All ways in which a secret may have been written down: binary, and in one byte or two a character (ASCII, UTF-16) hexadecimal, decimal,
/// base64 and base64url in each alignment.
/// </summary>
internal sealed class SecretPatterns
{
    /// <summary>A shorter pattern would be found by chance.</summary>
    private const int ShortestPattern = 6;

    private readonly List<(string Name, byte[] Bytes)> _patterns = [];

    public int Count => _patterns.Count;

    /// <summary>The longest pattern: what two neighbouring pieces of a text must overlap by.</summary>
    public int Longest => _patterns.Max(pattern => pattern.Bytes.Length);

    /// <summary>Adds a number of at least seven significant bytes.</summary>
    public SecretPatterns Add(string name, ulong value)
    {
        var little = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(little, value);
        int significant = 8 - (System.Numerics.BitOperations.LeadingZeroCount(value) / 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(significant, 7);
        byte[] ascending = little[..significant];
        AddBytes($"{name} (little-endian)", ascending);
        AddBytes($"{name} (big-endian)", [.. ascending.Reverse()]);
        return AddText($"{name} (decimal)", value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Adds bytes such as a key.</summary>
    public SecretPatterns AddBytes(string name, byte[] secret)
    {
        Add($"{name} binary", secret);
        AddText($"{name} hex", Convert.ToHexStringLower(secret));
        AddText($"{name} HEX", Convert.ToHexString(secret));
        for (int before = 0; before < 3; before++)
        {
            // A digit holds six bits; those that the neighbours share are left out.
            string base64 = Convert.ToBase64String([.. new byte[before], .. secret]);
            int from = ((8 * before) + 5) / 6;
            int to = 8 * (before + secret.Length) / 6;
            string inner = base64[from..to];
            AddText($"{name} base64 at {before}", inner);
            string url = inner.Replace('+', '-').Replace('/', '_');
            if (url != inner)
                AddText($"{name} base64url at {before}", url);
        }
        return this;
    }

    /// <summary>Adds a text, as a file or a socket has it and as a .NET process holds it.</summary>
    public SecretPatterns AddText(string name, string text)
    {
        Add(name, Encoding.ASCII.GetBytes(text));
        Add($"{name} UTF-16", Encoding.Unicode.GetBytes(text));
        return this;
    }

    /// <summary>Names of the patterns that occur.</summary>
    public IEnumerable<string> FindIn(ReadOnlyMemory<byte> haystack) =>
        _patterns.Where(pattern => haystack.Span.IndexOf(pattern.Bytes) >= 0).Select(pattern => pattern.Name);

    private void Add(string name, byte[] pattern)
    {
        if (pattern.Length >= ShortestPattern)
            _patterns.Add((name, pattern));
    }
}
