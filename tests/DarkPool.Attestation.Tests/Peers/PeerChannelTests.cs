using System.Security.Cryptography;
using System.Text;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Peers;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Testing;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.Attestation.Testing.Peers;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Testing.Tsm;
using DarkPool.Attestation.Tsm;
using Xunit;

namespace DarkPool.Attestation.Tests.Peers;

public sealed class PeerChannelTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Venue = SHA256.HashData("venue"u8);
    private static readonly byte[] Secret = SHA256.HashData("key epoch 7"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_enclaves_attest_each_other_and_hand_over_a_key_epoch()
    {
        var (asking, serving) = await Connect(Context(), Context());
        using var receiver = asking.Channel!;
        using var giver = serving!.Channel!;
        var message = KeyEpochHandover.Seal(giver, 7, Secret);
        Assert.DoesNotContain(Convert.ToHexString(Secret), Convert.ToHexString(message), StringComparison.Ordinal);
        Assert.True(KeyEpochHandover.TryOpen(receiver, message, out var epoch, out var secret));
        Assert.Equal((7u, Convert.ToHexString(Secret)), (epoch, Convert.ToHexString(secret)));
        Assert.False(KeyEpochHandover.TryOpen(receiver, message, out _, out _));
    }

    [Fact]
    public async Task A_quote_of_hardware_serves_as_well()
    {
        var intel = new SyntheticIntel(Now);
        CollateralFiles.Write(_folder.Path, intel.Collateral());
        var context = Context() with
        {
            Provider = new TsmProvider(new KernelModel("tdx_guest", data => intel.TdxQuote(data))),
            Policy = intel.Policy(),
            Collateral = new DirectoryCollateral(_folder.Path),
        };
        var (asking, serving) = await Connect(context.Build(), context.Build());
        Assert.NotNull(asking.Channel);
        Assert.Equal(EvidenceKind.Tdx, serving!.Verdict!.Facts!.Kind);
    }

    [Fact]
    public async Task An_enclave_that_the_policy_does_not_allow_gets_no_channel()
    {
        var strict = Context() with { Policy = AttestationPolicy.Development with { DevelopmentRoots = [] } };
        var (asking, _) = await Connect(strict, Context());
        Assert.Equal(Refusal.DevelopmentRootNotNamed, asking.Verdict!.Refusal);
        Assert.Null(asking.Channel);

        var lenient = AttestationPolicy.Development with { PeerPolicies = [Convert.ToHexStringLower(strict.Policy.Hash.Span)] };
        var (_, serving) = await Connect(Context() with { Policy = lenient }, strict);
        Assert.Equal(Refusal.DevelopmentRootNotNamed, serving!.Verdict!.Refusal);
        Assert.Null(serving.Channel);
    }

    [Fact]
    public async Task Enclaves_of_two_venues_do_not_understand_each_other()
    {
        var (asking, _) = await Connect(Context(), Context() with { VenueId = SHA256.HashData("another venue"u8) });
        Assert.Equal("not sealed for this handshake", asking.Refused);
    }

    [Fact]
    public async Task A_quote_relayed_from_a_true_enclave_does_not_fit_the_relays_keys()
    {
        // The relay has no enclave: it opens a handshake of its own with a true one and passes that one's quote on.
        using var victim = new PeerInitiator(Context().Build());
        using var genuine = new PeerResponder(Context().Build());
        using var relay = new PeerRelay(Venue);

        var quote = relay.EvidenceIn((await genuine.AnswerAsync(relay.Hello(), CancellationToken.None)).Message);
        var result = await victim.FinishAsync(relay.AnswerTo(victim.Start(), quote), CancellationToken.None);
        Assert.Equal(Refusal.ReportDataMismatch, result.Verdict!.Refusal);
        Assert.Null(result.Channel);

        // Nor does it serve as the relay's own, in the other role.
        var reflected = await genuine.AcceptAsync(relay.ProofOf(quote), CancellationToken.None);
        Assert.Equal(Refusal.ReportDataMismatch, reflected.Verdict!.Refusal);
        Assert.Null(reflected.Channel);
    }

    [Fact]
    public async Task An_enclave_that_would_hand_the_keys_on_by_another_policy_gets_none()
    {
        var lenient = AttestationPolicy.Development with { Name = "lenient" };
        var (asking, _) = await Connect(Context(), Context() with { Policy = lenient });
        Assert.Equal(Refusal.PeerPolicyNotAllowed, asking.Verdict!.Refusal);

        var named = AttestationPolicy.Development with { PeerPolicies = [Convert.ToHexStringLower(lenient.Hash.Span)] };
        var (_, serving) = await Connect(Context() with { Policy = named }, Context() with { Policy = lenient });
        Assert.Equal(Refusal.PeerPolicyNotAllowed, serving!.Verdict!.Refusal);
    }

    [Fact]
    public async Task A_hash_of_a_peer_policy_that_the_evidence_does_not_bind_is_refused()
    {
        var lenient = AttestationPolicy.Development with { Name = "lenient" };
        using var genuine = new PeerResponder((Context() with { Policy = lenient }).Build());
        using var relay = new PeerRelay(Venue);
        var payload = relay.EvidenceIn((await genuine.AnswerAsync(relay.Hello(), CancellationToken.None)).Message);
        var forged = PeerEvidence.TryDecode(payload)! with { PolicyHash = AttestationPolicy.Development.Hash };

        using var victim = new PeerInitiator(Context().Build());
        var result = await victim.FinishAsync(relay.AnswerTo(victim.Start(), forged.Encode()), CancellationToken.None);
        Assert.Equal(Refusal.ReportDataMismatch, result.Verdict!.Refusal);
    }

    [Fact]
    public async Task Registrations_that_the_host_brings_make_nobody_a_peer()
    {
        await using var appd = new RoflAppdServer(SHA256.HashData("rofl root"u8));
        CollateralFiles.Write(_folder.Path, new Collateral { RoflInstances = RoflAppdServer.InstancesOf(appd.EvidenceKey) });
        MeasurementRule Rule(string name, string value) => new()
        {
            Name = "the application", Kind = EvidenceKind.Rofl, Values = new SortedDictionary<string, string> { [name] = value },
        };
        var byApplication = Context() with
        {
            Provider = new RoflProvider(_clock, appd.SocketPath),
            Policy = new AttestationPolicy { Name = "rofl", Providers = ["rofl"], Measurements = [Rule("appid", RoflAppdServer.AppId)] },
            Collateral = new DirectoryCollateral(_folder.Path),
        };
        Assert.Null((await Connect(byApplication, byApplication)).Asking.Channel);

        var byKey = byApplication with
        {
            Policy = byApplication.Policy with { Measurements = [Rule("evidencekey", appd.EvidenceKey)] },
        };
        Assert.NotNull((await Connect(byKey, byKey)).Serving!.Channel);
    }

    [Fact]
    public async Task The_keys_of_a_venue_arrive_whole_and_only_over_the_channel()
    {
        var (asking, serving) = await Connect(Context(), Context());
        using var receiver = asking.Channel!;
        using var giver = serving!.Channel!;
        using var keys = new VenueKeys(3, SHA256.HashData("a"u8), SHA256.HashData("b"u8), SHA256.HashData("c"u8));
        var message = keys.Seal(giver);
        Assert.Null(VenueKeys.TryOpen(giver, message));
        using var arrived = VenueKeys.TryOpen(receiver, message)!;
        Assert.Equal(3u, arrived.KeyEpochs);
        Assert.Equal(Convert.ToHexString(keys.Encoded), Convert.ToHexString(arrived.Encoded));
        Assert.Null(VenueKeys.TryDecode(keys.Encoded[..^1]));
        byte[] next = [.. keys.Encoded];
        next[4]++;
        Assert.Null(VenueKeys.TryDecode(next));
    }

    [Fact]
    public async Task An_initiators_quote_is_not_taken_from_a_responder()
    {
        // A reflection: the victim's own words, sent back to it.
        using var victim = new PeerInitiator(Context().Build());
        var first = victim.Start();
        var result = await victim.FinishAsync(first, CancellationToken.None);
        Assert.Null(result.Channel);
        Assert.NotNull(result.Refused);
    }

    [Fact]
    public async Task A_recorded_handshake_cannot_be_played_again()
    {
        using var initiator = new PeerInitiator(Context().Build());
        using var responder = new PeerResponder(Context().Build());
        var first = initiator.Start();
        var second = await responder.AnswerAsync(first, CancellationToken.None);
        var third = await initiator.FinishAsync(second.Message, CancellationToken.None);
        Assert.NotNull((await responder.AcceptAsync(third.Message, CancellationToken.None)).Channel);

        using var again = new PeerResponder(Context().Build());
        await again.AnswerAsync(first, CancellationToken.None);
        Assert.Null((await again.AcceptAsync(third.Message, CancellationToken.None)).Channel);

        using var laterInitiator = new PeerInitiator(Context().Build());
        laterInitiator.Start();
        Assert.Null((await laterInitiator.FinishAsync(second.Message, CancellationToken.None)).Channel);
    }

    [Fact]
    public async Task Every_flipped_bit_ends_the_handshake()
    {
        for (var bit = 0; bit < 400; bit += 3)
        {
            using var initiator = new PeerInitiator(Context().Build());
            using var responder = new PeerResponder(Context().Build());
            var second = await responder.AnswerAsync(initiator.Start(), CancellationToken.None);
            second.Message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null((await initiator.FinishAsync(second.Message, CancellationToken.None)).Channel);
        }
    }

    [Fact]
    public async Task Messages_of_a_channel_arrive_once_and_in_order()
    {
        var (asking, serving) = await Connect(Context(), Context());
        using var left = asking.Channel!;
        using var right = serving!.Channel!;
        var one = left.Seal("one"u8);
        var two = left.Seal("two"u8);
        Assert.Null(right.TryOpen(two));
        Assert.Equal("one", Encoding.ASCII.GetString(right.TryOpen(one)!));
        Assert.Null(right.TryOpen(one));
        Assert.Equal("two", Encoding.ASCII.GetString(right.TryOpen(two)!));
        Assert.Null(left.TryOpen(one));
    }

    private static async Task<(PeerResult Asking, PeerResult? Serving)> Connect(Side asking, Side serving) =>
        await Connect(asking.Build(), serving.Build());

    /// <summary>The last results of both sides; none of the side that was not reached.</summary>
    private static async Task<(PeerResult Asking, PeerResult? Serving)> Connect(PeerContext asking, PeerContext serving)
    {
        using var initiator = new PeerInitiator(asking);
        using var responder = new PeerResponder(serving);
        var answer = await responder.AnswerAsync(initiator.Start(), CancellationToken.None);
        var finished = await initiator.FinishAsync(answer.Message, CancellationToken.None);
        if (finished.Channel is null) return (finished, null);
        return (finished, await responder.AcceptAsync(finished.Message, CancellationToken.None));
    }

    private Side Context() => new(Venue, new SimulatedProvider(_folder.Path, _clock), AttestationPolicy.Development, _clock, null);

    /// <summary>A <see cref="PeerContext"/> to vary.</summary>
    private sealed record Side(
        byte[] VenueId, IEvidenceProvider Provider, AttestationPolicy Policy, TimeProvider Clock, ICollateralSource? Collateral)
    {
        public PeerContext Build() => new()
        {
            VenueId = VenueId, Provider = Provider, Policy = Policy, Clock = Clock, Collateral = Collateral,
        };
    }
}
