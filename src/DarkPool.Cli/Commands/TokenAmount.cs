using System.CommandLine;
using System.Globalization;
using DarkPool.Cli.Processes;
using DarkPool.Client.Venue;

namespace DarkPool.Cli.Commands;

/// <summary>Amounts as people write them: whole tokens with decimals, exactly; and assets by symbol or number.</summary>
internal static class TokenAmount
{
    /// <summary>An asset.</summary>
    public static Option<string> Asset() =>
        new("--asset") { HelpName = "SYMBOL", Description = "Symbol or number of the asset.", Required = true };

    /// <summary>The asset of a symbol or number.</summary>
    /// <exception cref="StackException">The venue has none.</exception>
    public static VenueAsset AssetOf(VenueDescription venue, string name) =>
        venue.Assets.FirstOrDefault(asset => asset.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase)
            || asset.Asset.ToString(CultureInfo.InvariantCulture) == name)
        ?? throw new StackException($"The venue has no asset {name}: it has {string.Join(", ", venue.Assets.Select(a => a.Symbol))}.");

    /// <summary>Reads a decimal number as a whole one of the smallest unit.</summary>
    /// <exception cref="StackException">It is no number, or has more decimals than the unit.</exception>
    public static UInt128 Parse(string text, int decimals)
    {
        string[] parts = text.Split('.');
        string fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        if (parts.Length > 2 || fraction.Length > decimals)
            throw new StackException($"'{text}' is not a number of at most {decimals} decimals.");
        return UInt128.TryParse(
            parts[0] + fraction.PadRight(decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 value)
            ? value
            : throw new StackException($"'{text}' is not a number of at most {decimals} decimals.");
    }

    /// <summary>Writes a whole number of the smallest unit as a decimal one, without zeros at its end.</summary>
    public static string Format(UInt128 value, int decimals)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }
}
