using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace DarkPool.Attestation.Dcap;

/// <summary>The TDX module that a TCB info allows, or one of several by major version.</summary>
internal sealed record TdxModule(string Id, byte[] MrSigner, byte[] Attributes, IReadOnlyList<ModuleTcbLevel> Levels);

/// <summary>TCB info, version 3 (Intel PCS API v4, <c>/tcb</c>): the TCB levels of a platform family.</summary>
internal sealed class TcbInfo
{
    private const uint SupportedVersion = 3;
    private const string SgxId = "SGX";
    private const string TdxId = "TDX";

    private TcbInfo(CollateralObject json)
    {
        if (json.Number("version") != SupportedVersion) throw new JsonException("version: not 3");
        var id = json.Text("id");
        if (id is not (SgxId or TdxId)) throw new JsonException("id: neither SGX nor TDX");
        IsTdx = id == TdxId;
        (IssueDate, NextUpdate) = (json.Time("issueDate"), json.Time("nextUpdate"));
        Fmspc = Convert.ToHexStringLower(json.Hex("fmspc", 6));
        PceId = Convert.ToHexStringLower(json.Hex("pceId", 2));
        EvaluationNumber = json.Number("tcbEvaluationDataNumber");
        Levels = PlatformTcbLevel.ReadAll(json, IsTdx);
        if (!IsTdx) return;
        Module = ReadModule(json.Object("tdxModule"), id: "", hasLevels: false);
        if (!json.Has("tdxModuleIdentities")) return;
        ModuleIdentities = [.. json.Objects("tdxModuleIdentities").Select(item => ReadModule(item, item.Text("id"), hasLevels: true))];
    }

    public bool IsTdx { get; }

    public DateTimeOffset IssueDate { get; }

    public DateTimeOffset NextUpdate { get; }

    public string Fmspc { get; }

    public string PceId { get; }

    public uint EvaluationNumber { get; }

    /// <summary>Highest first.</summary>
    public IReadOnlyList<PlatformTcbLevel> Levels { get; }

    /// <summary>The module of major version 0; null for SGX.</summary>
    public TdxModule? Module { get; }

    /// <summary>The modules of higher major versions.</summary>
    public IReadOnlyList<TdxModule> ModuleIdentities { get; } = [];

    /// <summary>Reads the signed bytes; false if they are not TCB info of version 3.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out TcbInfo? tcbInfo)
    {
        tcbInfo = null;
        try
        {
            using var document = JsonDocument.Parse(json, CollateralObject.Strict);
            tcbInfo = new TcbInfo(new CollateralObject(document.RootElement));
            return true;
        }
        catch (Exception exception) when (CollateralObject.IsBadJson(exception))
        {
            return false;
        }
    }

    /// <summary>The identity of a module's major version; null if the document has none.</summary>
    public TdxModule? FindModule(byte majorVersion)
    {
        var id = $"TDX_{majorVersion:X2}";
        return ModuleIdentities.FirstOrDefault(module => string.Equals(module.Id, id, StringComparison.OrdinalIgnoreCase));
    }

    private static TdxModule ReadModule(CollateralObject json, string id, bool hasLevels) => new(
        id, json.Hex("mrsigner", TdReport.RegisterLength), json.Hex("attributes", 8), hasLevels ? ModuleTcbLevel.ReadAll(json) : []);
}
