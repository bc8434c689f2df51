using DarkPool.Chain.Signing;
using DarkPool.Cli.Processes;
using DarkPool.Local.Anvil;

namespace DarkPool.Cli.Commands;

/// <summary>Keys that pay on chain: from the environment, else the well-known ones of a local chain.</summary>
internal static class PayerKey
{
    /// <summary>Pays for deposits of replays and demonstrations.</summary>
    public const string FunderVariable = "DARKPOOL_FUNDER_KEY";

    /// <summary>Deploys and owns a venue's contracts.</summary>
    public const string DeployerVariable = "DARKPOOL_DEPLOYER_KEY";

    /// <summary>Pays for publishing settlement batches.</summary>
    public const string PublisherVariable = "DARKPOOL_PUBLISHER_KEY";

    public static EvmKey Funder() => Load(FunderVariable, DevAccount.Funder);

    public static EvmKey Deployer() => Load(DeployerVariable, DevAccount.Deployer);

    public static EvmKey Publisher() => Load(PublisherVariable, DevAccount.Publisher);

    private static EvmKey Load(string variable, DevAccount standard)
    {
        string text = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? given : standard.PrivateKey;
        try
        {
            return EvmKey.Parse(text);
        }
        catch (FormatException e)
        {
            throw new StackException($"{variable}: {e.Message}");
        }
    }
}
