using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>
/// What both sides derive from a hello (docs/PROTOCOL.md section 3.2). The command key stays ready because making one ready costs a hundred
/// times as much as opening an envelope with it.
/// Reading is safe from any number of threads until <see cref="Dispose"/>.
/// </summary>
public sealed class SessionKeys : IDisposable
{
    /// <summary>
    /// The size of the exported form in bytes: <c>u8 suite ‖ command key ‖ command nonce ‖ report secret ‖ attach secret</c>.
    /// </summary>
    public const int ExportedSize = 1 + HpkeAead.KeySize + HpkeAead.NonceSize + SecretSize + SecretSize;

    internal const int SecretSize = 32;

    private const int CommandAt = 0;
    private const int NonceAt = CommandAt + HpkeAead.KeySize;
    private const int ReportAt = NonceAt + HpkeAead.NonceSize;
    private const int AttachAt = ReportAt + SecretSize;

    // Pinned, so that no copy of it stays behind when the collector compacts.
    private readonly byte[] _secrets = GC.AllocateUninitializedArray<byte>(AttachAt + SecretSize, pinned: true);
    private readonly Lazy<Key> _commandSealing;
    private readonly Lazy<OpeningKey> _commandOpening;
    private bool _disposed;

    private SessionKeys(HpkeSuite suite, ReadOnlySpan<byte> secrets)
    {
        Suite = suite;
        secrets.CopyTo(_secrets);
        Aead = HpkeAead.Of(suite);
        _commandSealing = new Lazy<Key>(() => HpkeAead.Import(Suite, CommandSecret));
        _commandOpening = new Lazy<OpeningKey>(() => new OpeningKey(Suite, CommandSecret));
        CommandNonces = new NonceSequence(_secrets.AsSpan(NonceAt, HpkeAead.NonceSize));
    }

    /// <summary>The suite of the session.</summary>
    public HpkeSuite Suite { get; }

    internal AeadAlgorithm Aead { get; }

    /// <summary>The command key on the client's side.</summary>
    internal Key CommandSealing => _commandSealing.Value;

    /// <summary>The command key on the enclave's side.</summary>
    internal OpeningKey CommandOpening => _commandOpening.Value;

    internal NonceSequence CommandNonces { get; }

    private ReadOnlySpan<byte> CommandSecret => Live().AsSpan(CommandAt, HpkeAead.KeySize);

    internal ReadOnlySpan<byte> ReportSecret => Live().AsSpan(ReportAt, SecretSize);

    internal ReadOnlySpan<byte> AttachSecret => Live().AsSpan(AttachAt, SecretSize);

    /// <summary>Writes the secrets, for a place as safe as this one: the enclave's sealed snapshot, the client's key store.</summary>
    /// <param name="destination">Exactly <see cref="ExportedSize"/> bytes; the caller zeros them when done.</param>
    public void Export(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, ExportedSize);
        destination[0] = (byte)Suite;
        Live().CopyTo(destination[1..]);
    }

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <param name="source">The exported form.</param>
    /// <param name="keys">The keys, or null.</param>
    /// <returns>False for another length, or a suite that is unknown or not supported here.</returns>
    public static bool TryImport(
        ReadOnlySpan<byte> source, [NotNullWhen(true)] out SessionKeys? keys)
    {
        keys = null;
        if (source.Length != ExportedSize || !HpkeAead.IsSupported((HpkeSuite)source[0])) return false;
        keys = new SessionKeys((HpkeSuite)source[0], source[1..]);
        return true;
    }

    /// <summary>Zeros the secrets.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_commandSealing.IsValueCreated) _commandSealing.Value.Dispose();
        if (_commandOpening.IsValueCreated) _commandOpening.Value.Dispose();
        CryptographicOperations.ZeroMemory(_secrets);
    }

    internal static SessionKeys Derive(HpkeContext context)
    {
        Span<byte> secrets = stackalloc byte[AttachAt + SecretSize];
        context.Export("darkpool/v1/command key"u8, secrets.Slice(CommandAt, HpkeAead.KeySize));
        context.Export("darkpool/v1/command nonce"u8, secrets.Slice(NonceAt, HpkeAead.NonceSize));
        context.Export("darkpool/v1/report"u8, secrets.Slice(ReportAt, SecretSize));
        context.Export("darkpool/v1/attach"u8, secrets.Slice(AttachAt, SecretSize));
        var keys = new SessionKeys(context.Suite, secrets);
        CryptographicOperations.ZeroMemory(secrets);
        return keys;
    }

    private byte[] Live()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _secrets;
    }
}
