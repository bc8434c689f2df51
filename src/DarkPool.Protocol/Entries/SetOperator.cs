using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: which account may give accounts their tiers, by sealed commands.</summary>
/// <param name="Account">Ed25519 public key of the account; zeros for nobody.</param>
public readonly record struct SetOperator(Bytes32 Account)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = Bytes32.Size;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetOperator change)
    {
        change = default;
        if (body.Length != Size) return false;
        change = new SetOperator(new Bytes32(body));
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes() => Account.ToArray();
}
