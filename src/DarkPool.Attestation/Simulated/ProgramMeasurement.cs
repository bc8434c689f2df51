using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DarkPool.Attestation.Simulated;

/// <summary>
/// What stands for a program in simulated evidence: SHA-256 over <c>"darkpool/v1/simulated-measurement"</c>, then, for each of the
/// program's <c>DarkPool.*.dll</c> files in ordinal order of names, <c>u32 length of the name, the name in UTF-8, SHA-256 of the file</c>.
/// </summary>
public static class ProgramMeasurement
{
    private const string OwnAssemblies = "DarkPool.*.dll";

    private static ReadOnlySpan<byte> Domain => "darkpool/v1/simulated-measurement"u8;

    /// <summary>Measures the program in a folder.</summary>
    /// <param name="programDirectory">The folder with the program's assemblies.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="IOException">The folder has no such file, or one cannot be read.</exception>
    public static byte[] Compute(string programDirectory)
    {
        var files = Directory.GetFiles(programDirectory, OwnAssemblies);
        if (files.Length == 0) throw new FileNotFoundException($"No {OwnAssemblies} in the program's folder: nothing to measure.");
        Array.Sort(files, (left, right) => string.CompareOrdinal(Path.GetFileName(left), Path.GetFileName(right)));

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var file in files)
        {
            var name = Encoding.UTF8.GetBytes(Path.GetFileName(file));
            BinaryPrimitives.WriteInt32LittleEndian(length, name.Length);
            hash.AppendData(length);
            hash.AppendData(name);
            using var content = File.OpenRead(file);
            SHA256.HashData(content, digest);
            hash.AppendData(digest);
        }

        return hash.GetHashAndReset();
    }
}
