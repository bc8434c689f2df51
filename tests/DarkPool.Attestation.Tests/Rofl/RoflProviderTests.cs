using DarkPool.Attestation.Testing;
using System.Security.Cryptography;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Rofl;
using DarkPool.Attestation.Testing.Agents;
using Xunit;

namespace DarkPool.Attestation.Tests.Rofl;

public sealed class RoflProviderTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("rofl"u8);

    private readonly RoflAppdServer _appd = new("application root"u8.ToArray());
    private readonly FixedClock _clock = new(Now);
    private readonly RoflProvider _provider;

    public RoflProviderTests() => _provider = new RoflProvider(_clock, _appd.SocketPath);

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _appd.DisposeAsync();
    }

    [Fact]
    public async Task Its_evidence_passes_a_policy_that_names_the_application_if_the_chain_knows_it()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        var verdict = EvidenceVerifier.Verify(evidence, ByAppId(), ReportData, Now, new Collateral { RoflInstances = _appd.Instances() });
        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Equal(RoflAppdServer.AppId, verdict.Facts!.Measurements["appid"]);
    }

    [Fact]
    public async Task Without_the_chains_word_the_application_is_only_claimed_and_refused()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        Assert.Equal(Refusal.MeasurementNotAllowed, EvidenceVerifier.Verify(evidence, ByAppId(), ReportData, Now).Refusal);
    }

    [Fact]
    public async Task An_application_that_is_not_registered_is_refused()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        _appd.Metadata.Clear();
        var verdict = EvidenceVerifier.Verify(evidence, ByAppId(), ReportData, Now, new Collateral { RoflInstances = _appd.Instances() });
        Assert.Equal(Refusal.NotRegistered, verdict.Refusal);
    }

    [Fact]
    public async Task A_policy_may_name_the_evidence_key_itself()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        var key = Assert.Single(_appd.Metadata).Value;
        Assert.True(EvidenceVerifier.Verify(evidence, By("evidencekey", key), ReportData, Now).Accepted);
        var other = EvidenceVerifier.Verify(evidence, By("evidencekey", new string('0', 64)), ReportData, Now);
        Assert.Equal(Refusal.MeasurementNotAllowed, other.Refusal);
    }

    [Fact]
    public async Task Every_flipped_bit_and_every_cut_is_refused()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        var collateral = new Collateral { RoflInstances = _appd.Instances() };
        for (var bit = 0; bit < evidence.Bytes.Length * 8; bit++)
        {
            var flipped = (byte[])evidence.Bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(EvidenceVerifier.Verify(evidence with { Bytes = flipped }, ByAppId(), ReportData, Now, collateral).Accepted);
        }

        for (var length = 0; length < evidence.Bytes.Length; length++)
        {
            var cut = evidence with { Bytes = evidence.Bytes[..length] };
            var verdict = EvidenceVerifier.Verify(cut, ByAppId(), ReportData, Now, collateral);
            Assert.Equal(Refusal.EvidenceMalformed, verdict.Refusal);
        }
    }

    [Fact]
    public async Task An_old_statement_is_refused()
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        var collateral = new Collateral { RoflInstances = _appd.Instances() };
        var verdict = EvidenceVerifier.Verify(evidence, ByAppId(), ReportData, Now.AddMinutes(6), collateral);
        Assert.Equal(Refusal.StatementExpired, verdict.Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80ff")]
    [InlineData("9f")]
    [InlineData("81a163617070")]
    [InlineData("ff")]
    [InlineData("1bffffffffffffffff")]
    [InlineData("9b7fffffffffffffff")]
    public async Task A_list_of_instances_that_makes_no_sense_is_refused(string cbor)
    {
        var evidence = await _provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        var collateral = new Collateral { RoflInstances = Convert.FromHexString(cbor) };
        Assert.Equal(Refusal.RegistrationMalformed, EvidenceVerifier.Verify(evidence, ByAppId(), ReportData, Now, collateral).Refusal);
    }

    [Fact]
    public async Task Root_keys_survive_a_restart_and_a_move_and_differ_by_purpose()
    {
        var first = await _provider.GetRootKeyAsync("darkpool/v1/snapshot", CancellationToken.None);
        await using var elsewhere = new RoflAppdServer("application root"u8.ToArray());
        using var moved = new RoflProvider(_clock, elsewhere.SocketPath);
        Assert.Equal(first, await moved.GetRootKeyAsync("darkpool/v1/snapshot", CancellationToken.None));
        Assert.NotEqual(first, await moved.GetRootKeyAsync("darkpool/v1/other", CancellationToken.None));
    }

    [Fact]
    public async Task A_transaction_is_signed_by_the_platform_and_its_result_is_understood()
    {
        using var appd = new RoflAppd(_appd.SocketPath);
        var call = new RoflCall(new byte[20], UInt128.MaxValue, new byte[] { 0xca, 0xfe }, 100_000);
        var done = await appd.SubmitAsync(call, encrypt: false, CancellationToken.None);
        Assert.True(done.Succeeded);
        Assert.Equal([1, 2, 3], done.Value.ToArray());

        var sent = _appd.Transactions[0];
        Assert.False(sent.GetProperty("encrypt").GetBoolean());
        Assert.Equal("eth", sent.GetProperty("tx").GetProperty("kind").GetString());
        var data = sent.GetProperty("tx").GetProperty("data");
        Assert.Equal("cafe", data.GetProperty("data").GetString());
        Assert.Equal("340282366920938463463374607431768211455", data.GetProperty("value").GetRawText());

        _appd.CallResult = RoflAppdServer.Fail("evm", 8, "reverted");
        var failed = await appd.SubmitAsync(call, encrypt: true, CancellationToken.None);
        Assert.False(failed.Succeeded);
        Assert.Equal("evm 8: reverted", failed.Failure);
    }

    [Fact]
    public async Task Metadata_are_added_to_and_read_back()
    {
        using var appd = new RoflAppd(_appd.SocketPath);
        await appd.PublishMetadataAsync(new Dictionary<string, string> { ["a"] = "1" }, CancellationToken.None);
        await appd.PublishMetadataAsync(new Dictionary<string, string> { ["b"] = "2" }, CancellationToken.None);
        var metadata = await appd.GetMetadataAsync(CancellationToken.None);
        Assert.Equal(["a", "b"], metadata.Keys.Order());
    }

    [Fact]
    public void An_application_id_with_a_wrong_letter_is_none()
    {
        Assert.Equal(new byte[21], RoflAppId.TryParse(RoflAppdServer.AppId));
        Assert.Null(RoflAppId.TryParse(RoflAppdServer.AppId.Replace("rofl1qq", "rofl1qp", StringComparison.Ordinal)));
        Assert.NotNull(RoflAppId.TryParse("rofl1qp55evqls4qg6cjw5fnlv4al9ptc0fsakvxvd9uw"));
        Assert.Null(RoflAppId.TryParse("rofl1"));
        Assert.Null(RoflAppId.TryParse(""));
    }

    private static AttestationPolicy ByAppId() => By("appid", RoflAppdServer.AppId);

    private static AttestationPolicy By(string name, string value) => new()
    {
        Name = "ROFL",
        Providers = ["rofl"],
        Measurements =
        [
            new MeasurementRule
            {
                Name = "the application", Kind = EvidenceKind.Rofl, Values = new SortedDictionary<string, string> { [name] = value },
            },
        ],
    };
}
