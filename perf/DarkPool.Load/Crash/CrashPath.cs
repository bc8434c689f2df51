using System.Globalization;

namespace DarkPool.Load.Crash;

/// <summary>One hour of a crash: the lowest and the last price of ether and of bitcoin, USD with 8 decimals.</summary>
internal readonly record struct CrashHour(ulong EtherLow, ulong EtherClose, ulong BitcoinLow, ulong BitcoinClose);

/// <summary>A month of real hourly prices. Where a file has closes only, the low is the close.</summary>
internal sealed record CrashPath(string Name, IReadOnlyList<CrashHour> Hours)
{
    private const string EtherFile = "ETHUSD_bitstamp_1h*.csv";
    private const string BitcoinFile = "BTCUSD_1h*.csv";
    private const string LaterBitcoinFile = "WBTC_usd.csv";

    /// <summary>The months that are measured.</summary>
    public static IReadOnlyList<string> Months { get; } = ["2020-03", "2021-05", "2022-06"];

    /// <summary>Reads a month from the files in a folder.</summary>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file does not have the month.</exception>
    public static CrashPath Read(string folder, string month)
    {
        var ether = ReadOhlc(Find(folder, EtherFile), month, date: 1, low: 5, close: 6);
        var bitcoin = ReadOhlc(Find(folder, BitcoinFile), month, date: 0, low: 3, close: 4);
        if (bitcoin.Count == 0) bitcoin = ReadCloses(Find(folder, LaterBitcoinFile), month);
        if (ether.Count == 0 || bitcoin.Count == 0) throw new InvalidDataException($"No prices of {month} in {folder}.");
        var hours = new List<CrashHour>();
        var last = bitcoin.Values.First();
        foreach (var (hour, prices) in ether)
        {
            last = bitcoin.GetValueOrDefault(hour, last);
            hours.Add(new CrashHour(prices.Low, prices.Close, last.Low, last.Close));
        }

        return new CrashPath(month, hours);
    }

    /// <summary>The folder of prices: that which is given, that of DARKPOOL_DATA, or that beside the checkout.</summary>
    public static string? FindFolder(string? given)
    {
        var folder = given ?? Environment.GetEnvironmentVariable("DARKPOOL_DATA") ?? BesideTheCheckout();
        return folder is not null && Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, EtherFile, SearchOption.AllDirectories).Any() ? folder : null;
    }

    private static string? BesideTheCheckout()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DarkPool.sln"))) root = root.Parent;
        return root?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }

    private static string Find(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new FileNotFoundException($"No file {pattern} in {folder}.");

    private static SortedDictionary<string, (ulong Low, ulong Close)> ReadOhlc(string file, string month, int date, int low, int close)
    {
        var hours = new SortedDictionary<string, (ulong, ulong)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(',');
            if (fields.Length <= close || !fields[date].StartsWith(month, StringComparison.Ordinal)) continue;
            hours[fields[date][..13]] = (Price(fields[low]), Price(fields[close]));
        }

        return hours;
    }

    private static SortedDictionary<string, (ulong Low, ulong Close)> ReadCloses(string file, string month)
    {
        var hours = new SortedDictionary<string, (ulong, ulong)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            var fields = line.Split(',');
            var time = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[1], CultureInfo.InvariantCulture));
            var hour = time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);
            if (hour.StartsWith(month, StringComparison.Ordinal)) hours[hour] = (Price(fields[2]), Price(fields[2]));
        }

        return hours;
    }

    private static ulong Price(string text) =>
        (ulong)(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) * 100_000_000m);
}
