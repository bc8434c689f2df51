namespace DarkPool.Chain.Deployment;

/// <summary>What is to be deployed for a venue.</summary>
/// <param name="Shard">The shard whose batches the registry records.</param>
/// <param name="Tokens">Test tokens to create and list.</param>
public sealed record DeploymentPlan(uint Shard, IReadOnlyList<TokenPlan> Tokens)
{
    /// <summary>A local venue: shard 1 with a test dollar and a test share.</summary>
    public static DeploymentPlan Local { get; } = new(
        1, [new TokenPlan("Test Dollar", "TUSD", 6), new TokenPlan("Test Share", "TSHR", 18)]);
}

/// <summary>A test token to create.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Symbol">Its short name.</param>
/// <param name="Decimals">How many decimal digits a base unit is away from the unit that people name.</param>
public sealed record TokenPlan(string Name, string Symbol, byte Decimals);
