using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace DarkPool.EventStore.Migrations;

/// <summary>A numbered script of <c>migrations/</c>, built into this assembly.</summary>
/// <param name="Number">Its place in the order, from 1 without gaps.</param>
/// <param name="Name">Its file name, <c>NNNN_name.sql</c>.</param>
/// <param name="Sql">Its text.</param>
public sealed record MigrationScript(int Number, string Name, string Sql)
{
    private const string Suffix = ".sql";
    private const int NumberDigits = 4;

    /// <summary>SHA-256 of the text with line feeds only, in lowercase hexadecimal digits: an applied script must not change.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All scripts of this version, in order.</summary>
    public static IReadOnlyList<MigrationScript> All { get; } = ReadAll(typeof(MigrationScript).Assembly);

    private static List<MigrationScript> ReadAll(Assembly assembly)
    {
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new MigrationScript(NumberOf(name), name, Read(assembly, name)))
            .ToList();
        for (var index = 0; index < scripts.Count; index++)
        {
            if (scripts[index].Number != index + 1) throw new InvalidOperationException($"The migrations have no number {index + 1}.");
        }

        return scripts;
    }

    private static int NumberOf(string name) => int.Parse(name.AsSpan(0, NumberDigits), CultureInfo.InvariantCulture);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
