namespace DarkPool.Cli.Stack;

/// <summary>What lies where in a data folder.</summary>
internal sealed class DataFolder(string path)
{
    /// <summary>The folder where none is given.</summary>
    public const string Standard = ".darkpool";

    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>Cluster of the private PostgreSQL.</summary>
    public string Postgres => In("postgres");

    /// <summary>State of the local chain.</summary>
    public string Chain => In("chain");

    /// <summary>What the enclave's platform keeps for it: the simulated root key.</summary>
    public string Enclave => In("enclave");

    /// <summary>Governance keys of a development venue.</summary>
    public string Governance => In("governance");

    /// <summary>The genesis file of the venue.</summary>
    public string Genesis => In("genesis.json");

    /// <summary>Which contracts were deployed where.</summary>
    public string Deployment => In("deployment.json");

    /// <summary>The key that pays for publication, for a host that somebody else starts.</summary>
    public string PublisherKey => In("publisher.key");

    /// <summary>Addresses of the stack that runs now; absent while none does.</summary>
    public string Running => In("running.json");

    public string Log(string part) => Path.Combine(Root, "logs", part + ".log");

    public string In(string name) => Path.Combine(Root, name);
}
