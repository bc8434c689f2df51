using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Peers;
using DarkPool.Enclave.Peers;
using DarkPool.Enclave.Tests.Fixtures;
using Xunit;

namespace DarkPool.Enclave.Tests.Peers;

/// <summary>Who gets no keys, each with a reason of its own that both processes say.</summary>
public sealed class HandoverRefusalTests
{
    private static readonly AttestationPolicy Policy = AttestationPolicy.Development;

    private static readonly AttestationPolicy OtherProgram = Policy with
    {
        Name = "another program",
        Measurements =
        [
            new MeasurementRule
            {
                Name = "another program",
                Kind = EvidenceKind.Simulated,
                Values = new SortedDictionary<string, string> { ["program"] = new string('5', 64) },
            },
        ],
    };

    private static readonly AttestationPolicy OtherProvider = Policy with { Name = "another provider", Providers = ["dstack"] };

    [Fact]
    public Task A_joining_enclave_of_the_wrong_measurement_is_refused() =>
        GiverRefusesAsync(OtherProgram, Refusal.MeasurementNotAllowed);

    [Fact]
    public Task A_joining_enclave_whose_provider_the_policy_does_not_name_is_refused() =>
        GiverRefusesAsync(OtherProvider, Refusal.ProviderNotAllowed);

    [Fact]
    public Task A_giving_enclave_of_the_wrong_measurement_is_refused() => JoinerRefusesAsync(OtherProgram, Refusal.MeasurementNotAllowed);

    [Fact]
    public Task A_giving_enclave_whose_provider_the_policy_does_not_name_is_refused() =>
        JoinerRefusesAsync(OtherProvider, Refusal.ProviderNotAllowed);

    [Fact]
    public Task An_enclave_that_would_hand_the_keys_on_by_another_policy_is_refused() =>
        GiverRefusesAsync(Policy with { Name = "strict" }, Refusal.PeerPolicyNotAllowed);

    [Fact]
    public async Task A_quote_that_a_relay_passes_on_is_refused_on_both_sides()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        using var relay = new PeerRelay(TestGenesis.Genesis.VenueId.ToArray());
        var (listener, address) = two.Impersonate();
        using var owned = listener;
        await using var joiner = two.Join(Policy, address);
        using var toJoiner = new PeerConnection(await listener.AcceptAsync());
        using var toGiver = await two.ConnectAsync();
        var hello = await toJoiner.ReceiveAsync(PeerMessageType.Hello, CancellationToken.None);
        await toGiver.SendAsync(PeerMessageType.Hello, relay.Hello(), CancellationToken.None);
        var quote = relay.EvidenceIn(await toGiver.ReceiveAsync(PeerMessageType.Answer, CancellationToken.None));

        await toJoiner.SendAsync(PeerMessageType.Answer, relay.AnswerTo(hello, quote), CancellationToken.None);
        await toGiver.SendAsync(PeerMessageType.Proof, relay.ProofOf(quote), CancellationToken.None);

        var (code, errors) = await joiner.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("cannot join: refused: ReportDataMismatch: ", errors, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<PeerException>(
            () => toGiver.ReceiveAsync(PeerMessageType.VenueKeys, CancellationToken.None));
        Assert.StartsWith("the peer refused: refused: ReportDataMismatch: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no keys handed over: refused: ReportDataMismatch: ", await two.StopGiverAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_exchange_played_again_is_refused()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        var (listener, address) = two.Impersonate();
        using var owned = listener;
        await using var joiner = two.Join(Policy, address);
        using var toJoiner = new PeerConnection(await listener.AcceptAsync());
        var (hello, proof) = await PassOnAsync(two, toJoiner);

        using var again = await two.ConnectAsync();
        await again.SendAsync(PeerMessageType.Hello, hello, CancellationToken.None);
        await again.ReceiveAsync(PeerMessageType.Answer, CancellationToken.None);
        await again.SendAsync(PeerMessageType.Proof, proof, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<PeerException>(
            () => again.ReceiveAsync(PeerMessageType.VenueKeys, CancellationToken.None));
        Assert.Equal("the peer refused: not evidence sealed for this handshake", refusal.Message);
        await using var host = await joiner.ConnectAsync();
        await host.RestoreAsync(default, two.SealedKeys);
    }

    [Fact]
    public async Task Noise_and_oversized_frames_end_only_their_own_exchange()
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        foreach (var noise in (byte[][])[[0xff, 0xff, 0xff, 0x7f, 1], [0, 0, 0, 0, 1], [2, 0, 0, 0, 9, 9], [2, 0, 0, 0, 1, 7]])
        {
            using var socket = await two.Address.ConnectAsync();
            await socket.SendAsync(noise);
            while (await socket.ReceiveAsync(new byte[1024]) > 0)
            {
                // until the enclave hangs up
            }
        }

        await using var joiner = two.Join(Policy);
        await using var host = await joiner.ConnectAsync();
        Assert.Equal(0ul, (await host.RestoreAsync(default, two.SealedKeys)).Block);
    }

    /// <summary>Carries a whole exchange between the joining enclave and the giving one, and keeps what the joining one said.</summary>
    private static async Task<(byte[] Hello, byte[] Proof)> PassOnAsync(TwoEnclaves two, PeerConnection toJoiner)
    {
        using var toGiver = await two.ConnectAsync();
        async Task<byte[]> CarryAsync(PeerConnection from, PeerConnection to, PeerMessageType type)
        {
            var payload = await from.ReceiveAsync(type, CancellationToken.None);
            await to.SendAsync(type, payload, CancellationToken.None);
            return payload;
        }

        var hello = await CarryAsync(toJoiner, toGiver, PeerMessageType.Hello);
        await CarryAsync(toGiver, toJoiner, PeerMessageType.Answer);
        var proof = await CarryAsync(toJoiner, toGiver, PeerMessageType.Proof);
        await CarryAsync(toGiver, toJoiner, PeerMessageType.VenueKeys);
        await CarryAsync(toGiver, toJoiner, PeerMessageType.KeyEpoch);
        return (hello, proof);
    }

    private static async Task GiverRefusesAsync(AttestationPolicy strict, Refusal expected)
    {
        await using var two = await TwoEnclaves.StartAsync(strict);
        // The joining enclave accepts the giving one, so that it comes to be judged.
        await using var joiner = two.Join(Policy with { PeerPolicies = [Convert.ToHexStringLower(strict.Hash.Span)] });

        var (code, errors) = await joiner.EndAsync();

        Assert.Equal(1, code);
        Assert.Contains($"cannot join: the peer refused: refused: {expected}: ", errors, StringComparison.Ordinal);
        Assert.Contains($"no keys handed over: refused: {expected}: ", await two.StopGiverAsync(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(two.Second.Folder, "handed-over.keys")));
    }

    private static async Task JoinerRefusesAsync(AttestationPolicy strict, Refusal expected)
    {
        await using var two = await TwoEnclaves.StartAsync(Policy);
        await using var joiner = two.Join(strict);

        var (code, errors) = await joiner.EndAsync();

        Assert.Equal(1, code);
        Assert.Contains($"cannot join: refused: {expected}: ", errors, StringComparison.Ordinal);
        var giver = await two.StopGiverAsync();
        Assert.Contains($"no keys handed over: the peer refused: refused: {expected}: ", giver, StringComparison.Ordinal);
    }
}
