using DarkPool.Attestation.Testing;
using DarkPool.Attestation.Testing.Tsm;
using System.Security.Cryptography;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Attestation.Tsm;
using Xunit;

namespace DarkPool.Attestation.Tests.Tsm;

public sealed class TsmProviderTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("tsm"u8);

    [Fact]
    public async Task A_tdx_guests_quote_passes_a_policy_that_allows_it()
    {
        var intel = new SyntheticIntel(Now);
        var kernel = new KernelModel("tdx_guest", data => intel.TdxQuote(data));
        var evidence = await new TsmProvider(kernel).GetEvidenceAsync(ReportData, CancellationToken.None);

        var verdict = EvidenceVerifier.Verify(evidence, intel.Policy(), ReportData, Now, intel.Collateral());
        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Equal(EvidenceKind.Tdx, verdict.Facts!.Kind);
        Assert.Equal(0, kernel.Open);
    }

    [Fact]
    public async Task A_sev_guests_report_brings_its_certificates_along()
    {
        var amd = new SyntheticAmd();
        var kernel = new KernelModel("sev_guest", data => amd.Report(data), amd.CertificateTable());
        var evidence = await new TsmProvider(kernel).GetEvidenceAsync(ReportData, CancellationToken.None);

        var verdict = EvidenceVerifier.Verify(evidence, amd.Policy(), ReportData, Now);
        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Equal("VCEK", verdict.Facts!.Amd!.SigningKey);
        Assert.Equal(SyntheticAmd.ChipId, verdict.Facts.ChipId);
    }

    [Fact]
    public async Task A_report_that_another_process_disturbed_is_asked_for_again()
    {
        var intel = new SyntheticIntel(Now);
        var disturbances = 2;
        var kernel = new KernelModel("tdx_guest", data => intel.TdxQuote(data))
        {
            AfterWrite = (model, name) =>
            {
                if (disturbances-- > 0) model.Interfere(name, SHA512.HashData("another process"u8));
            },
        };
        var evidence = await new TsmProvider(kernel).GetEvidenceAsync(ReportData, CancellationToken.None);

        Assert.True(EvidenceVerifier.Verify(evidence, intel.Policy(), ReportData, Now, intel.Collateral()).Accepted);
        Assert.Equal(-1, disturbances);
    }

    [Fact]
    public async Task A_report_that_is_disturbed_without_end_is_given_up()
    {
        var kernel = new KernelModel("tdx_guest", data => data) { AfterWrite = (model, name) => model.Interfere(name, new byte[64]) };
        var failure = await Assert.ThrowsAsync<IOException>(
            async () => await new TsmProvider(kernel).GetEvidenceAsync(ReportData, CancellationToken.None));
        Assert.Contains("disturbed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, kernel.Open);
    }

    [Fact]
    public async Task An_unknown_platform_is_an_error_and_not_evidence()
    {
        var kernel = new KernelModel("arm_cca_guest", data => data);
        await Assert.ThrowsAsync<IOException>(
            async () => await new TsmProvider(kernel).GetEvidenceAsync(ReportData, CancellationToken.None));
    }

    [Fact]
    public async Task A_machine_without_the_interface_is_an_error_and_not_evidence()
    {
        using var folder = new TemporaryFolder();
        var provider = new TsmProvider(new ConfigFsReports(Path.Combine(folder.Path, "absent")));
        await Assert.ThrowsAnyAsync<IOException>(async () => await provider.GetEvidenceAsync(ReportData, CancellationToken.None));
    }

    [Fact]
    public async Task The_platform_keeps_no_root_key() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await new TsmProvider(new KernelModel("tdx_guest", data => data)).GetRootKeyAsync("any", CancellationToken.None));

    [Fact]
    public void Attributes_are_written_whole_and_read_to_their_end()
    {
        using var folder = new TemporaryFolder();
        var request = Directory.CreateDirectory(Path.Combine(folder.Path, "request"));
        File.WriteAllText(Path.Combine(request.FullName, "provider"), "tdx_guest\n");
        var reports = new ConfigFsReports(folder.Path);
        reports.Create("request");
        reports.Write("request", "inblob", ReportData);
        Assert.Equal(ReportData, reports.Read("request", "inblob"));
        Assert.Null(reports.Read("request", "auxblob"));
        foreach (var file in request.GetFiles()) file.Delete();
        reports.Delete("request");
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Evidence_comes_through_a_real_folder_whose_kernel_is_a_fake(int disturbances)
    {
        var amd = new SyntheticAmd();
        using var kernel = new FakeKernelFolder("sev_guest", data => amd.Report(data), amd.CertificateTable())
        {
            Disturbances = disturbances,
        };
        var evidence = await Task.Run(async () => await new TsmProvider(kernel.Path).GetEvidenceAsync(ReportData, CancellationToken.None));

        Assert.True(EvidenceVerifier.Verify(evidence, amd.Policy(), ReportData, Now).Accepted);
        Assert.Empty(Directory.GetFileSystemEntries(kernel.Path));
    }
}
