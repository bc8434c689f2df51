namespace DarkPool.Attestation.Tsm;

/// <summary>
/// The kernel's <c>configfs-tsm</c> report interface (Documentation/ABI/testing/configfs-tsm-report): a folder per request, whose
/// files are attributes.
/// </summary>
internal interface ITsmReports
{
    /// <summary>Makes the folder of a request; the kernel fills it with attributes.</summary>
    public void Create(string name);

    public void Write(string name, string attribute, ReadOnlySpan<byte> value);

    /// <summary>An attribute's content; null if there is no such attribute.</summary>
    public byte[]? Read(string name, string attribute);

    public void Delete(string name);
}
