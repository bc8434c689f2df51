namespace DarkPool.Chain.Deployment;

/// <summary>
/// A deployment is on file, but the chain does not have it: another chain, or one that lost its data. Deploying anew would make another
/// venue out of the old one's log.
/// </summary>
public sealed class DeploymentLostException : Exception
{
    internal DeploymentLostException(string message)
        : base(message)
    {
    }
}
