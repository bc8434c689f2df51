namespace DarkPool.Local.Anvil;

/// <summary>
/// An account of the local chain that owns test ether. The keys are those of the public mnemonic that every development node uses:
/// they protect nothing, on any chain.
/// </summary>
/// <param name="Address">The account's address, <c>0x</c> and 40 digits.</param>
/// <param name="PrivateKey">Its secp256k1 key, <c>0x</c> and 64 digits.</param>
public sealed record DevAccount(string Address, string PrivateKey)
{
    /// <summary>The words from which the node derives its accounts (BIP-39).</summary>
    public const string Mnemonic = "test test test test test test test test test test test junk";

    /// <summary>Deploys and owns the contracts of a local venue.</summary>
    public static DevAccount Deployer { get; } = new(
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    /// <summary>Pays for publishing settlement batches.</summary>
    public static DevAccount Publisher { get; } = new(
        "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    /// <summary>Funds the accounts of demonstrations and replays.</summary>
    public static DevAccount Funder { get; } = new(
        "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a");

    /// <summary>Free for tests.</summary>
    public static DevAccount Spare { get; } = new(
        "0x90F79bf6EB2c4f870365E785982E1f101E93b906", "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6");
}
