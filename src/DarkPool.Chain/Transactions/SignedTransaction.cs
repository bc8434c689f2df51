using DarkPool.Chain.Hashing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Transactions;

/// <summary>A transaction ready to be sent.</summary>
/// <param name="Raw">Its bytes.</param>
/// <param name="Hash">Its name on the chain.</param>
internal sealed record SignedTransaction(byte[] Raw, Bytes32 Hash)
{
    public static SignedTransaction Of(byte[] raw) => new(raw, Keccak256.Hash(raw));
}
