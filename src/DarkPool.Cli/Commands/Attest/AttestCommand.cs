using System.CommandLine;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>`darkpool attest`: looks at evidence and at policies.</summary>
internal static class AttestCommand
{
    public static Command Create() => new("attest", "Verify evidence, explain it, and work with attestation policies.")
    {
        AttestVerifyCommand.Create(),
        AttestExplainCommand.Create(),
        AttestPolicyCommand.Create(),
    };
}
