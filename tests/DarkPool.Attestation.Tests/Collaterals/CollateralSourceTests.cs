using DarkPool.Attestation.Testing;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Testing.Agents;
using DarkPool.Attestation.Testing.Platforms;
using Xunit;

namespace DarkPool.Attestation.Tests.Collaterals;

public sealed class CollateralSourceTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("collateral"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new(Now);
    private readonly SyntheticIntel _intel = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_serves_its_own_subfolder_for_a_platform_first()
    {
        var needs = CollateralNeeds.TryRead(TdxEvidence())!;
        Assert.Equal("tdx-00A1B2C30000-platform", needs.Key);
        CollateralFiles.Write(_folder.Path, new Collateral { TcbInfo = [1] });
        CollateralFiles.Write(Path.Combine(_folder.Path, needs.Key), _intel.Collateral());
        Assert.True((await Verify(new DirectoryCollateral(_folder.Path))).Accepted);
    }

    [Fact]
    public async Task A_file_carries_the_same()
    {
        var file = _folder.Write("collateral.json", FileCollateral.Format(_intel.Collateral()));
        Assert.True((await Verify(new FileCollateral(file))).Accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"tcb_info.json\":1}")]
    [InlineData("{\"tcb_info.json\":\"***\"}")]
    [InlineData("{\"unknown\":\"\"}")]
    public async Task A_file_that_makes_no_sense_is_an_error(string content)
    {
        var file = _folder.Write("collateral.json", Encoding.UTF8.GetBytes(content));
        await Assert.ThrowsAsync<IOException>(() => Verify(new FileCollateral(file)));
    }

    [Fact]
    public async Task A_caching_service_in_intels_shape_gives_all_that_is_needed()
    {
        await using var service = PccsServer(_intel.Collateral(), hexCrls: true);
        using var client = ClientOf(service);
        var verdict = await Verify(new PccsCollateral(client, new Uri("http://pccs.test/")));

        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Contains("GET /tdx/certification/v4/tcb?fmspc=00A1B2C30000", service.Requests);
        Assert.Contains("GET /sgx/certification/v4/pckcrl?ca=platform&encoding=der", service.Requests);
    }

    [Fact]
    public async Task A_service_that_fails_is_an_error_and_not_a_verdict()
    {
        await using var service = new AgentServer((_, _, _) => new AgentAnswer("no cache data for this platform", 404));
        using var client = ClientOf(service);
        await Assert.ThrowsAsync<IOException>(() => Verify(new PccsCollateral(client, new Uri("http://pccs.test/"))));
    }

    [Fact]
    public async Task A_cache_asks_once_a_day_and_serves_what_it_has_when_the_service_is_away()
    {
        await using var service = PccsServer(_intel.Collateral(), hexCrls: false);
        using var client = ClientOf(service);
        using var cache = new CachedCollateral(new PccsCollateral(client, new Uri("http://pccs.test/")), _folder.Path, _clock);
        Assert.True((await Verify(cache)).Accepted);
        var asked = service.Requests.Count;
        Assert.True((await Verify(cache)).Accepted);
        Assert.Equal(asked, service.Requests.Count);

        _clock.Now = Now.AddDays(1);
        Assert.True((await Verify(cache)).Accepted);
        Assert.Equal(2 * asked, service.Requests.Count);

        _clock.Now = Now.AddDays(3);
        await service.DisposeAsync();
        Assert.True((await Verify(cache)).Accepted);
        using var offline = new CachedCollateral(null, _folder.Path, _clock);
        Assert.True((await Verify(offline)).Accepted);

        _clock.Now = Now.AddDays(60);
        Assert.Equal(Refusal.CrlExpired, (await Verify(offline)).Refusal);
    }

    [Fact]
    public async Task Amds_service_is_asked_for_the_chip_and_its_tcb()
    {
        var amd = new SyntheticAmd();
        var collateral = amd.Collateral(Now);
        await using var service = new AgentServer((_, path, _) => path.Split('?')[0] switch
        {
            "/vcek/v1/Milan/cert_chain" => new(Pem(collateral.Ask!) + Pem(collateral.Ark!)),
            "/vcek/v1/Milan/crl" => new("") { Bytes = collateral.ArkCrl },
            _ => new("") { Bytes = collateral.EndorsementKey },
        });
        using var client = ClientOf(service);
        var evidence = new Evidence("tsm", new EvidenceBundle().With(EvidencePart.SnpReport, amd.Report(ReportData)).ToBytes());
        var verdict = await new CollateralResolver(new KdsCollateral(client, new Uri("http://kds.test/")))
            .VerifyAsync(evidence, amd.Policy(), ReportData, Now, CancellationToken.None);

        Assert.True(verdict.Accepted, verdict.ToString());
        Assert.Contains($"GET /vcek/v1/Milan/{SyntheticAmd.ChipId}?blSPL=4&teeSPL=0&snpSPL=24&ucodeSPL=219", service.Requests);
    }

    [Fact]
    public async Task Each_member_comes_from_the_first_source_that_has_it()
    {
        var collateral = _intel.Collateral();
        CollateralFiles.Write(Path.Combine(_folder.Path, "a"), new Collateral { TcbInfo = collateral.TcbInfo });
        CollateralFiles.Write(Path.Combine(_folder.Path, "b"), collateral with { TcbInfo = [1] });
        var combined = new CombinedCollateral(
            new DirectoryCollateral(Path.Combine(_folder.Path, "a")), new DirectoryCollateral(Path.Combine(_folder.Path, "b")));
        Assert.True((await Verify(combined)).Accepted);
    }

    [Fact]
    public async Task Evidence_that_the_policy_refuses_unread_costs_no_request()
    {
        await using var service = PccsServer(_intel.Collateral(), hexCrls: false);
        using var client = ClientOf(service);
        var resolver = new CollateralResolver(new PccsCollateral(client, new Uri("http://pccs.test/")));
        var policy = _intel.Policy() with { Providers = ["dstack"] };
        var verdict = await resolver.VerifyAsync(TdxEvidence(), policy, ReportData, Now, CancellationToken.None);
        Assert.Equal(Refusal.ProviderNotAllowed, verdict.Refusal);
        Assert.Empty(service.Requests);
    }

    private static string Pem(byte[] certificate) => new(PemEncode(certificate));

    private static char[] PemEncode(byte[] certificate) => [.. PemEncoding.Write("CERTIFICATE", certificate), '\n'];

    private static HttpClient ClientOf(AgentServer server) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.SocketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static AgentServer PccsServer(Collateral collateral, bool hexCrls)
    {
        AgentAnswer Crl(byte[] crl) => hexCrls ? new(Convert.ToHexStringLower(crl)) : new("") { Bytes = crl };
        var chain = Uri.EscapeDataString(Encoding.ASCII.GetString(collateral.TcbSigningChain!));
        return new AgentServer((_, path, _) => path.Split('?')[0] switch
        {
            "/tdx/certification/v4/tcb" => new(Encoding.UTF8.GetString(collateral.TcbInfo!)) { Header = $"TCB-Info-Issuer-Chain: {chain}" },
            "/tdx/certification/v4/qe/identity" => new(Encoding.UTF8.GetString(collateral.QeIdentity!)),
            "/sgx/certification/v4/pckcrl" => Crl(collateral.PckCrl!),
            "/sgx/certification/v4/rootcacrl" => Crl(collateral.RootCaCrl!),
            _ => new("", 404),
        });
    }

    private Evidence TdxEvidence() =>
        new("tsm", new EvidenceBundle().With(EvidencePart.DcapQuote, _intel.TdxQuote(ReportData)).ToBytes());

    private Task<Verdict> Verify(ICollateralSource source) =>
        new CollateralResolver(source).VerifyAsync(TdxEvidence(), _intel.Policy(), ReportData, _clock.Now, CancellationToken.None);
}
