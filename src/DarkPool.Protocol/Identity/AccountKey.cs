namespace DarkPool.Protocol.Identity;

/// <summary>
/// An account: the Ed25519 public key (RFC 8032) of its owner. Who sits behind a session is a secret of the owner and the enclave,
/// so the text form is empty of it; write <see cref="Key"/> where the owner asked for it.
/// </summary>
/// <param name="Key">The 32 bytes of the public key.</param>
public readonly record struct AccountKey(Bytes32 Key) : IComparable<AccountKey>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = Bytes32.Size;

    /// <inheritdoc/>
    public int CompareTo(AccountKey other) => Key.CompareTo(other.Key);

    /// <summary>A constant: an account must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(AccountKey);

    /// <summary>Byte order.</summary>
    public static bool operator <(AccountKey left, AccountKey right) => left.CompareTo(right) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(AccountKey left, AccountKey right) => left.CompareTo(right) > 0;

    /// <summary>Byte order.</summary>
    public static bool operator <=(AccountKey left, AccountKey right) => left.CompareTo(right) <= 0;

    /// <summary>Byte order.</summary>
    public static bool operator >=(AccountKey left, AccountKey right) => left.CompareTo(right) >= 0;
}
