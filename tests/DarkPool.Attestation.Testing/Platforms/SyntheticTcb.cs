using System.Text.Json;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>TCB info and QE identity of <see cref="SyntheticIntel"/>.</summary>
internal static class SyntheticTcb
{
    public static byte[] QeSigner { get; } = [.. Enumerable.Repeat((byte)0x51, 32)];

    public static string Info(DateTimeOffset now, bool isTdx, TcbStatus status, string[] advisories)
    {
        var info = new Dictionary<string, object>
        {
            ["id"] = isTdx ? "TDX" : "SGX",
            ["version"] = 3,
            ["issueDate"] = Time(now.AddDays(-3)),
            ["nextUpdate"] = Time(now.AddDays(27)),
            ["fmspc"] = SyntheticIntel.Fmspc.ToUpperInvariant(),
            ["pceId"] = "0000",
            ["tcbType"] = 0,
            ["tcbEvaluationDataNumber"] = 18,
            ["tcbLevels"] = new object[] { Level(isTdx, 5, status, advisories), Level(isTdx, 2, TcbStatus.OutOfDate, ["INTEL-SA-00001"]) },
        };
        if (!isTdx) return JsonSerializer.Serialize(info);
        info["tdxModule"] = Module(null);
        info["tdxModuleIdentities"] = new object[] { Module("TDX_01") };
        return JsonSerializer.Serialize(info);
    }

    public static string QeIdentity(DateTimeOffset now, bool isTdx) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["id"] = isTdx ? "TD_QE" : "QE",
        ["version"] = 2,
        ["issueDate"] = Time(now.AddDays(-3)),
        ["nextUpdate"] = Time(now.AddDays(27)),
        ["tcbEvaluationDataNumber"] = 17,
        ["miscselect"] = "00000000",
        ["miscselectMask"] = "FFFFFFFF",
        ["attributes"] = "11000000000000000000000000000000",
        ["attributesMask"] = "FBFFFFFFFFFFFFFF0000000000000000",
        ["mrsigner"] = Convert.ToHexString(QeSigner),
        ["isvprodid"] = isTdx ? 2 : 1,
        ["tcbLevels"] = new object[] { ModuleLevel(4) },
    });

    private static Dictionary<string, object> Level(bool isTdx, int svn, TcbStatus status, string[] advisories)
    {
        var tcb = new Dictionary<string, object> { ["sgxtcbcomponents"] = Components(svn, svn, svn), ["pcesvn"] = 11 };
        if (isTdx) tcb["tdxtcbcomponents"] = Components(4, 0, 3);
        return new Dictionary<string, object>
        {
            ["tcb"] = tcb, ["tcbDate"] = "2026-01-14T00:00:00Z", ["tcbStatus"] = status.ToString(), ["advisoryIDs"] = advisories,
        };
    }

    private static object[] Components(int first, int second, int third) =>
        [.. Enumerable.Range(0, 16).Select(index => new { svn = index switch { 0 => first, 1 => second, 2 => third, _ => 0 } })];

    private static Dictionary<string, object> Module(string? id)
    {
        var module = new Dictionary<string, object>
        {
            ["mrsigner"] = new string('0', 96), ["attributes"] = new string('0', 16), ["attributesMask"] = new string('F', 16),
        };
        if (id is null) return module;
        module["id"] = id;
        module["tcbLevels"] = new object[] { ModuleLevel(6) };
        return module;
    }

    private static Dictionary<string, object> ModuleLevel(int svn) => new()
    {
        ["tcb"] = new { isvsvn = svn }, ["tcbDate"] = "2026-01-14T00:00:00Z", ["tcbStatus"] = "UpToDate",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
