using DarkPool.Attestation.Simulated;
using DarkPool.Enclave.Keys;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Tests.Fixtures;

/// <summary>A simulated platform in a folder of its own.</summary>
internal sealed class TestPlatform : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("darkpool enclave ");

    public string Folder => _folder.FullName;

    public SimulatedProvider Provider => new(Folder, TimeProvider.System);

    /// <summary>A socket that nothing has yet.</summary>
    public LinkEndpoint NewEndpoint() => LinkEndpoint.Parse("unix:" + Path.Combine(Folder, $"{Guid.NewGuid():N}.sock"));

    public EnclaveKeys Keys(Bytes32 peerPolicy = default) =>
        EnclaveKeys.FromPlatformAsync(Provider, peerPolicy, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose() => _folder.Delete(recursive: true);
}
