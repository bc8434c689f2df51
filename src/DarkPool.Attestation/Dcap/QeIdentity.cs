using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace DarkPool.Attestation.Dcap;

/// <summary>QE identity, version 2 (Intel PCS API v4, <c>/qe/identity</c>): which quoting enclave may speak for a platform.</summary>
internal sealed class QeIdentity
{
    private const uint SupportedVersion = 2;
    private const string SgxId = "QE";
    private const string TdxId = "TD_QE";

    private readonly byte[] _miscSelect;
    private readonly byte[] _miscSelectMask;
    private readonly byte[] _attributes;
    private readonly byte[] _attributesMask;
    private readonly byte[] _mrSigner;
    private readonly uint _isvProdId;
    private readonly IReadOnlyList<ModuleTcbLevel> _levels;

    private QeIdentity(CollateralObject json)
    {
        if (json.Number("version") != SupportedVersion) throw new JsonException("version: not 2");
        var id = json.Text("id");
        if (id is not (SgxId or TdxId)) throw new JsonException("id: neither QE nor TD_QE");
        IsTdx = id == TdxId;
        (IssueDate, NextUpdate) = (json.Time("issueDate"), json.Time("nextUpdate"));
        EvaluationNumber = json.Number("tcbEvaluationDataNumber");
        (_miscSelect, _miscSelectMask) = (json.Hex("miscselect", 4), json.Hex("miscselectMask", 4));
        (_attributes, _attributesMask) = (json.Hex("attributes", 16), json.Hex("attributesMask", 16));
        _mrSigner = json.Hex("mrsigner", 32);
        _isvProdId = json.Number("isvprodid");
        _levels = ModuleTcbLevel.ReadAll(json);
    }

    public bool IsTdx { get; }

    public DateTimeOffset IssueDate { get; }

    public DateTimeOffset NextUpdate { get; }

    public uint EvaluationNumber { get; }

    /// <summary>Reads the signed bytes; false if they are not a QE identity of version 2.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out QeIdentity? identity)
    {
        identity = null;
        try
        {
            using var document = JsonDocument.Parse(json, CollateralObject.Strict);
            identity = new QeIdentity(new CollateralObject(document.RootElement));
            return true;
        }
        catch (Exception exception) when (CollateralObject.IsBadJson(exception))
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a quoting enclave's report is of this identity, whatever its SVN. MISCSELECT is written in the byte order of the report.
    /// </summary>
    public bool IsOf(EnclaveReport report)
    {
        var mask = BinaryPrimitives.ReadUInt32LittleEndian(_miscSelectMask);
        if ((report.MiscSelect & mask) != BinaryPrimitives.ReadUInt32LittleEndian(_miscSelect)) return false;
        for (var index = 0; index < _attributes.Length; index++)
        {
            if ((report.Attributes[index] & _attributesMask[index]) != _attributes[index]) return false;
        }

        return report.MrSigner.SequenceEqual(_mrSigner) && report.IsvProdId == _isvProdId;
    }

    /// <summary>The level that an SVN reaches; null if it is below all.</summary>
    public ModuleTcbLevel? Match(ushort isvSvn) => ModuleTcbLevel.Match(_levels, isvSvn);
}
