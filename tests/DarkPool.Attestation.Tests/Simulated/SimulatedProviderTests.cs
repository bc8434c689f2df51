using DarkPool.Attestation.Testing;
using System.Security.Cryptography;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Simulated;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Attestation.Tests.Simulated;

public sealed class SimulatedProviderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("keys"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_evidence_passes_the_development_policy_and_shows_the_program()
    {
        var verdict = EvidenceVerifier.Verify(await Attest(), AttestationPolicy.Development, ReportData, Now);

        Assert.True(verdict.Accepted, verdict.ToString());
        var program = Convert.ToHexStringLower(ProgramMeasurement.Compute(AppContext.BaseDirectory));
        Assert.Equal(program, verdict.Facts!.Measurements["program"]);
        Assert.Equal(ReportData, verdict.Facts.ReportData.ToArray());
        Assert.All(verdict.Checks, check => Assert.True(check.Passed));
    }

    [Fact]
    public async Task A_policy_that_does_not_name_the_development_root_refuses_it()
    {
        var policy = AttestationPolicy.Development with { DevelopmentRoots = [new string('a', 64)] };
        AssertRefused(Refusal.DevelopmentRootNotNamed, await Attest(), policy);
    }

    [Fact]
    public async Task A_policy_that_does_not_name_the_provider_refuses_it() =>
        AssertRefused(Refusal.ProviderNotAllowed, await Attest(), AttestationPolicy.Development with { Providers = ["tsm"] });

    [Fact]
    public async Task Other_report_data_than_expected_is_refused()
    {
        var verdict = EvidenceVerifier.Verify(await Attest(), AttestationPolicy.Development, new byte[64], Now);
        Assert.Equal(Refusal.ReportDataMismatch, verdict.Refusal);
        Assert.False(verdict.Checks[^1].Passed);
    }

    [Fact]
    public void A_statement_signed_by_another_key_under_the_roots_name_is_refused()
    {
        using var stranger = Key.Create(SignatureAlgorithm.Ed25519);
        var bytes = SimulatedStatement.Sign(stranger, 1_777_636_800_000_000, new byte[32], ReportData);
        DevelopmentRoot.PublicKey.Span.CopyTo(bytes.AsSpan(112));
        AssertRefused(Refusal.StatementSignatureInvalid, new Evidence("simulated", bytes), AttestationPolicy.Development);
    }

    [Theory]
    [InlineData(-31)]
    [InlineData(301)]
    public async Task A_statement_from_the_future_or_the_past_is_refused(int secondsLater)
    {
        var verdict = EvidenceVerifier.Verify(await Attest(), AttestationPolicy.Development, ReportData, Now.AddSeconds(secondsLater));
        Assert.Equal(Refusal.StatementExpired, verdict.Refusal);
    }

    [Fact]
    public async Task Every_flipped_bit_and_every_cut_is_refused()
    {
        var genuine = (await Attest()).Bytes;
        for (var bit = 0; bit < genuine.Length * 8; bit++)
        {
            var flipped = (byte[])genuine.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var verdict = EvidenceVerifier.Verify(new Evidence("simulated", flipped), AttestationPolicy.Development, ReportData, Now);
            Assert.False(verdict.Accepted);
        }

        for (var length = 0; length < genuine.Length; length++)
            AssertRefused(Refusal.EvidenceMalformed, new Evidence("simulated", genuine[..length]), AttestationPolicy.Development);
        AssertRefused(Refusal.EvidenceMalformed, new Evidence("simulated", [.. genuine, 0]), AttestationPolicy.Development);
    }

    [Fact]
    public async Task Measured_programs_are_held_to_the_rules_and_their_expiry()
    {
        var program = Convert.ToHexStringLower(ProgramMeasurement.Compute(AppContext.BaseDirectory));
        var rule = new MeasurementRule
        {
            Name = "this build",
            Kind = EvidenceKind.Simulated,
            Values = new SortedDictionary<string, string> { ["program"] = program },
            Expires = Now.AddDays(1),
        };
        var policy = AttestationPolicy.Development with { Measurements = [rule] };
        var evidence = await Attest();

        Assert.True(EvidenceVerifier.Verify(evidence, policy, ReportData, Now).Accepted);
        AssertRefused(Refusal.MeasurementExpired, evidence, policy with { Measurements = [rule with { Expires = Now }] });
        var other = new SortedDictionary<string, string> { ["program"] = new('0', 64) };
        AssertRefused(Refusal.MeasurementNotAllowed, evidence, policy with { Measurements = [rule with { Values = other }] });
        var nothing = new SortedDictionary<string, string>();
        AssertRefused(Refusal.MeasurementNotAllowed, evidence, policy with { Measurements = [rule with { Values = nothing }] });
    }

    [Fact]
    public async Task Root_keys_survive_a_restart_and_differ_by_purpose_and_by_platform()
    {
        using var elsewhere = new TemporaryFolder();
        var first = await RootKey(_folder.Path, "darkpool/v1/snapshot");
        Assert.Equal(32, first.Length);
        Assert.Equal(first, await RootKey(_folder.Path, "darkpool/v1/snapshot"));
        Assert.NotEqual(first, await RootKey(_folder.Path, "darkpool/v1/other"));
        Assert.NotEqual(first, await RootKey(elsewhere.Path, "darkpool/v1/snapshot"));
    }

    [Fact]
    public async Task The_root_key_file_is_its_owners_alone()
    {
        await RootKey(_folder.Path, "any");
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(32, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Processes_that_start_at_once_share_one_root_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RootKey(_folder.Path, "one"))));
        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_measurement_covers_names_and_contents_of_the_programs_assemblies_only()
    {
        _folder.Write("DarkPool.A.dll", "a"u8);
        _folder.Write("DarkPool.B.dll", "b"u8);
        var measured = ProgramMeasurement.Compute(_folder.Path);

        _folder.Write("Other.dll", "x"u8);
        Assert.Equal(measured, ProgramMeasurement.Compute(_folder.Path));
        _folder.Write("DarkPool.B.dll", "c"u8);
        Assert.NotEqual(measured, ProgramMeasurement.Compute(_folder.Path));
    }

    private static async Task<byte[]> RootKey(string folder, string purpose) =>
        await new SimulatedProvider(folder, TimeProvider.System).GetRootKeyAsync(purpose, CancellationToken.None);

    private static void AssertRefused(Refusal refusal, Evidence evidence, AttestationPolicy policy)
    {
        var verdict = EvidenceVerifier.Verify(evidence, policy, ReportData, Now);
        Assert.Equal(refusal, verdict.Refusal);
        Assert.False(verdict.Accepted);
    }

    private async Task<Evidence> Attest() =>
        await new SimulatedProvider(_folder.Path, _clock).GetEvidenceAsync(ReportData, CancellationToken.None);
}
