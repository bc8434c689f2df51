using System.Security.Cryptography;
using DarkPool.Attestation.Dstack;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.Attestation.Testing.Platforms;
using Xunit;

namespace DarkPool.Attestation.Tests.Dstack;

public sealed class DstackProviderTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("dstack"u8);
    private static readonly string ComposeHash = new('c', 64);

    private readonly SyntheticIntel _intel = new(Now);

    [Fact]
    public async Task Its_quote_and_event_log_pass_a_policy_that_names_the_composition()
    {
        await using var agent = Agent(SyntheticEventLog.Of(("compose-hash", ComposeHash)));
        var verdict = EvidenceVerifier.Verify(await Attest(agent), Policy(ComposeHash), ReportData, Now, _intel.Collateral());

        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Equal([new RuntimeEvent("compose-hash", ComposeHash)], verdict.Facts!.RuntimeEvents);
    }

    [Fact]
    public async Task Another_composition_is_refused()
    {
        await using var agent = Agent(SyntheticEventLog.Of(("compose-hash", new string('d', 64))));
        var verdict = EvidenceVerifier.Verify(await Attest(agent), Policy(ComposeHash), ReportData, Now, _intel.Collateral());
        Assert.Equal(Refusal.MeasurementNotAllowed, verdict.Refusal);
    }

    [Fact]
    public async Task A_composition_that_the_application_claims_later_does_not_count()
    {
        await using var agent = Agent(SyntheticEventLog.Of(("compose-hash", new string('d', 64)), ("compose-hash", ComposeHash)));
        var verdict = EvidenceVerifier.Verify(await Attest(agent), Policy(ComposeHash), ReportData, Now, _intel.Collateral());
        Assert.Equal(Refusal.MeasurementNotAllowed, verdict.Refusal);
    }

    [Fact]
    public async Task An_event_log_that_the_quote_does_not_bear_out_is_refused()
    {
        var (_, register) = SyntheticEventLog.Of(("compose-hash", new string('d', 64)));
        await using var agent = Agent((SyntheticEventLog.Of(("compose-hash", ComposeHash)).Json, register));
        var verdict = EvidenceVerifier.Verify(await Attest(agent), Policy(ComposeHash), ReportData, Now, _intel.Collateral());
        Assert.Equal(Refusal.EventLogMismatch, verdict.Refusal);
    }

    [Fact]
    public async Task Root_keys_survive_a_restart_and_a_move_and_differ_by_purpose()
    {
        byte[] first;
        await using (var agent = Agent(SyntheticEventLog.Of()))
        {
            using var provider = new DstackProvider(agent.SocketPath, agent.KmsRoot);
            first = await provider.GetRootKeyAsync("darkpool/v1/snapshot", CancellationToken.None);
            Assert.NotEqual(first, await provider.GetRootKeyAsync("darkpool/v1/other", CancellationToken.None));
            Assert.DoesNotContain("darkpool", Convert.ToHexString(first), StringComparison.Ordinal);
        }

        await using var elsewhere = Agent(SyntheticEventLog.Of());
        using var moved = new DstackProvider(elsewhere.SocketPath, elsewhere.KmsRoot);
        Assert.Equal(first, await moved.GetRootKeyAsync("darkpool/v1/snapshot", CancellationToken.None));
    }

    [Fact]
    public async Task A_key_of_another_key_management_service_is_refused()
    {
        await using var agent = Agent(SyntheticEventLog.Of());
        using var provider = new DstackProvider(agent.SocketPath, RecoverableSignature.TryPublicKey(SHA256.HashData("another"u8)));
        await Assert.ThrowsAsync<IOException>(async () => await provider.GetRootKeyAsync("any", CancellationToken.None));
    }

    [Fact]
    public async Task A_key_of_another_application_is_refused()
    {
        await using var agent = Agent(SyntheticEventLog.Of());
        using var socket = new DstackAgent(agent.SocketPath);
        using var key = await socket.GetKeyAsync("path", "purpose", CancellationToken.None);
        Assert.Equal(agent.KmsRoot, key.TryFindRoot("purpose", SyntheticDstack.AppId));
        Assert.NotEqual(agent.KmsRoot, key.TryFindRoot("purpose", new byte[20]));
        Assert.NotEqual(agent.KmsRoot, key.TryFindRoot("other purpose", SyntheticDstack.AppId));
    }

    [Fact]
    public async Task What_the_agent_refuses_is_passed_on()
    {
        await using var agent = new DstackAgentServer(SyntheticDstack.AppKey, SyntheticDstack.KmsKey, SyntheticDstack.AppId);
        using var provider = new DstackProvider(agent.SocketPath);
        var failure = await Assert.ThrowsAsync<IOException>(
            async () => await provider.GetEvidenceAsync(ReportData, CancellationToken.None));
        Assert.Contains("no such method", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"key\":1}")]
    [InlineData("{\"key\":\"zz\",\"signature_chain\":[]}")]
    [InlineData("{\"key\":\"00\",\"signature_chain\":[]}")]
    [InlineData("{\"key\":\"0000000000000000000000000000000000000000000000000000000000000001\",\"signature_chain\":[1]}")]
    public async Task An_answer_that_makes_no_sense_is_an_error(string answer)
    {
        await using var server = new AgentServer((_, _, _) => new AgentAnswer(answer));
        using var provider = new DstackProvider(server.SocketPath);
        await Assert.ThrowsAsync<IOException>(async () => await provider.GetRootKeyAsync("any", CancellationToken.None));
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_an_error()
    {
        using var provider = new DstackProvider(Path.Combine(Path.GetTempPath(), "darkpool-no-such-agent.sock"));
        await Assert.ThrowsAsync<IOException>(async () => await provider.GetEvidenceAsync(ReportData, CancellationToken.None));
    }

    private static async Task<Evidence> Attest(DstackAgentServer agent)
    {
        using var provider = new DstackProvider(agent.SocketPath);
        return await provider.GetEvidenceAsync(ReportData, CancellationToken.None);
    }

    private DstackAgentServer Agent((string Json, byte[] Register) log) => SyntheticDstack.Agent(_intel, log);

    private AttestationPolicy Policy(string composeHash) => SyntheticDstack.Policy(_intel, composeHash);
}
