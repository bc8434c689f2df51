using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Simulated;
using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Tests.Scripted;

/// <summary>
/// A venue in this process, with the protocol's real parts, that can be told to misbehave as no real host would on demand: the client's
/// defences against a hostile host are tested against it.
/// </summary>
internal sealed class ScriptedVenue : HttpMessageHandler
{
    private readonly SimulatedProvider _platform;
    private readonly string _platformFolder = Directory.CreateTempSubdirectory("darkpool-scripted-").FullName;
    private readonly Queue<VenueFault> _faults = new();
    private readonly Lock _executing = new();
    private readonly List<PipeWriter> _streams = [];
    private CancellationTokenSource _streaming = new();
    private byte[] _lastReceipt = [];
    private int _disposed;

    public ScriptedVenue() => _platform = new SimulatedProvider(_platformFolder, TimeProvider.System);

    public ScriptedEnclave Enclave { get; } = new();

    /// <summary>Bodies of the requests with envelopes, in order of arrival.</summary>
    public List<byte[]> Posts { get; } = [];

    public int Hellos { get; private set; }

    public int Attaches { get; private set; }

    /// <summary>Evidence over this nonce, whatever the client asks for.</summary>
    public Bytes32? StaleNonce { get; set; }

    /// <summary>Attests the enclave in place of the simulated platform.</summary>
    public IEvidenceProvider? Platform { get; set; }

    /// <summary>Requests with envelopes wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Sheets of liquidations that it shows, whatever is asked for.</summary>
    public List<byte[]> Liquidations { get; } = [];

    public void NextPosts(params VenueFault[] faults)
    {
        foreach (VenueFault fault in faults)
            _faults.Enqueue(fault);
    }

    public DarkPoolClientOptions Options() => new()
    {
        Venue = new Uri("http://venue.test"),
        Policy = AttestationPolicy.Development,
        Handler = () => this,
    };

    /// <summary>Breaks every report stream; the next attach gets a new one.</summary>
    public async Task BreakStreamsAsync()
    {
        CancellationTokenSource broken = _streaming;
        _streaming = new CancellationTokenSource();
        await broken.CancelAsync();
        foreach (PipeWriter stream in _streams)
            await stream.CompleteAsync();
        _streams.Clear();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath switch
        {
            "/v1/venue" => Task.FromResult(Json(Describe())),
            "/v1/attestation" => AttestAsync(HttpUtility.ParseQueryString(request.RequestUri.Query)["nonce"]!),
            "/v1/sessions" => OpenAsync(request),
            "/v1/envelopes" => TakeAsync(request),
            "/v1/reports" => Task.FromResult(Attach(HttpUtility.ParseQueryString(request.RequestUri.Query))),
            "/v1/liquidations" => Task.FromResult(Json(new
            {
                sheets = Liquidations.Select(sheet => new { first = 0, sheet = Convert.ToBase64String(sheet) }),
                next = 0,
            })),
            _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)),
        };

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _streaming.Cancel();
            Enclave.Dispose();
            Directory.Delete(_platformFolder, recursive: true);
        }
        base.Dispose(disposing);
    }

    private object Describe() => new
    {
        protocol = 1,
        venueId = Enclave.Genesis.VenueId.ToString(),
        genesisHead = Enclave.Genesis.GenesisHead.ToString(),
        shard = 0,
        chain = new { chainId = 31337, vault = "0x00", registry = "0x00", url = (string?)null },
        governance = new { threshold = 1, keys = Array.Empty<string>(), nextSequence = 1 },
        limits = new { bodyBytes = 1 << 20, envelopesPerRequest = 4096 },
        assets = Array.Empty<object>(),
        markets = Array.Empty<object>(),
        settlementInterval = 0,
        status = new { state = "live", block = 0, head = "", stateRoot = "", time = 0, settlement = new { closed = 0, confirmed = 0 } },
    };

    private async Task<HttpResponseMessage> AttestAsync(string nonce)
    {
        EnclaveIdentity identity = Enclave.Identity;
        Assert.True(Bytes32.TryParse(nonce, out Bytes32 asked));
        byte[] reportData = ReportData.Compute(identity, Enclave.Genesis.VenueId, StaleNonce ?? asked);
        Evidence evidence = await (Platform ?? _platform).GetEvidenceAsync(reportData, CancellationToken.None);
        return Json(new
        {
            claims = new
            {
                signingKey = identity.SigningKey.ToString(),
                evmAddress = identity.EvmAddress.ToString(),
                identity.KeyEpoch,
                encryptionKey = identity.EncryptionKey.ToString(),
                venueId = Enclave.Genesis.VenueId.ToString(),
                policyHash = identity.PolicyHash.ToString(),
                identity.AnchoredBlock,
                anchoredHead = identity.AnchoredHead.ToString(),
            },
            nonce,
            provider = evidence.Provider,
            evidence = evidence.Bytes,
        });
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request)
    {
        byte[] hello = await request.Content!.ReadAsByteArrayAsync();
        Hellos++;
        lock (_executing)
        {
            byte[] receipt = Enclave.Execute(hello);
            return Json(new { session = Enclave.LastSession, block = Enclave.LastBlock, index = 0, receipt }, HttpStatusCode.Created);
        }
    }

    private async Task<HttpResponseMessage> TakeAsync(HttpRequestMessage request)
    {
        byte[] envelopes = await request.Content!.ReadAsByteArrayAsync();
        await Gate;
        lock (_executing)
        {
            Posts.Add(envelopes);
            if (_faults.TryDequeue(out VenueFault fault))
                return Misbehave(fault, envelopes);
            return Accepted(_lastReceipt = Enclave.Execute(envelopes));
        }
    }

    private HttpResponseMessage Misbehave(VenueFault fault, byte[] envelopes)
    {
        switch (fault)
        {
            case VenueFault.NotNow:
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            case VenueFault.RefuseForGood:
                return new HttpResponseMessage(HttpStatusCode.BadRequest)
                {
                    Content = new StringContent("""{"type":"urn:darkpool:problem:too-many-envelopes","detail":"no"}"""),
                };
            case VenueFault.LoseAnswer:
                Enclave.Execute(envelopes);
                throw new HttpRequestException("The connection was reset.");
            case VenueFault.ForeignSignature:
                using (var stranger = NSec.Cryptography.Key.Create(NSec.Cryptography.SignatureAlgorithm.Ed25519))
                    return Accepted(Enclave.Execute(envelopes, stranger));
            case VenueFault.OldReceipt:
                return Accepted(_lastReceipt);
            case VenueFault.ForgetBlock:
                Enclave.ForgetBlock();
                return Accepted(Enclave.Execute(envelopes));
            case VenueFault.Fork:
                Enclave.Fork();
                return Accepted(Enclave.Execute(envelopes));
            default:
                return Accepted([1, 2, 3]);
        }
    }

    private HttpResponseMessage Attach(System.Collections.Specialized.NameValueCollection query)
    {
        Attaches++;
        ScriptedSession session = Enclave.Session(ulong.Parse(query["session"]!, System.Globalization.CultureInfo.InvariantCulture));
        byte[] token = Base64Url.DecodeFromChars(query["attach"]);
        var pipe = new Pipe();
        _streams.Add(pipe.Writer);
        CancellationToken streaming = _streaming.Token;
        _ = session.StreamAsync(token, (name, data) => WriteAsync(pipe.Writer, name, data), streaming);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) };
    }

    private static async Task WriteAsync(PipeWriter writer, string name, byte[] data) =>
        await writer.WriteAsync(Encoding.ASCII.GetBytes($"event: {name}\ndata: {Convert.ToBase64String(data)}\n\n"));

    private static HttpResponseMessage Json(object value, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status)
        {
            Content = new StringContent(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
        };

    private static HttpResponseMessage Accepted(byte[] receipts) =>
        new(HttpStatusCode.Accepted) { Content = new ByteArrayContent(receipts) };
}
