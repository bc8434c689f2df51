using System.Security.Cryptography;
using System.Text;
using DarkPool.Chain.Signing;
using DarkPool.Host.Hosting;

namespace DarkPool.Host.Publication;

/// <summary>The account that pays for publication. It can spend its gas, no more: batches count by the enclave's signature.</summary>
internal sealed class PublisherAccount(EvmKey? key) : IDisposable
{
    /// <summary>Where the key is looked for when no file is given.</summary>
    internal const string Variable = "DARKPOOL_PUBLISHER_KEY";

    /// <summary>The key; null if nothing is published, or by others.</summary>
    internal EvmKey? Key => key;

    /// <summary>Reads the key from its file or the environment, which then forgets it.</summary>
    /// <exception cref="HostFailure">There is none, or it is not one.</exception>
    internal static PublisherAccount Load(HostSettings settings)
    {
        if (settings.Chain is null || settings.PublishesThroughEnclave) return new PublisherAccount(null);
        try
        {
            var text = settings.PublisherKeyFile is { } file ? ReadFile(file) : Environment.GetEnvironmentVariable(Variable);
            Environment.SetEnvironmentVariable(Variable, null);
            return text is not null
                ? new PublisherAccount(EvmKey.Parse(text.Trim()))
                : throw new HostFailure(ExitCode.Misconfigured, $"--chain needs --publisher-key-file (or {Variable})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            // Not the exception's text: it may hold the key.
            throw new HostFailure(ExitCode.Misconfigured, "the publisher's key cannot be read: 64 hex digits are expected");
        }
    }

    public void Dispose() => key?.Dispose();

    private static string ReadFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            return Encoding.ASCII.GetString(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
