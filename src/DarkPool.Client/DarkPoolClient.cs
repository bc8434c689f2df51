using DarkPool.Client.Http;
using DarkPool.Client.Log;
using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Client.Trust;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Client;

/// <summary>
/// A venue as its client sees it. Nothing is sealed before the enclave's evidence satisfies the policy; every receipt is verified, and the
/// signed heads of the log are held against each other. One client serves many sessions, whose commands share requests.
/// </summary>
public sealed class DarkPoolClient : IAsyncDisposable
{
    private readonly DarkPoolClientOptions _options;
    private readonly VenueApi _api;
    private readonly EnclaveTrust _trust;
    private readonly LogWatch _watch;
    private readonly ReceiptVerifier _receipts;
    private readonly SubmissionQueue _queue;
    private readonly Bytes32 _venueId;

    private DarkPoolClient(
        DarkPoolClientOptions options, VenueApi api, EnclaveTrust trust, VenueDescription venue, Bytes32 venueId, Bytes32 head)
    {
        _options = options;
        _api = api;
        _trust = trust;
        _venueId = venueId;
        Venue = venue;
        _watch = new LogWatch(head);
        _receipts = new ReceiptVerifier(trust, _watch, venueId);
        _queue = new SubmissionQueue(api, _receipts, _watch, options, Math.Min(venue.Limits.EnvelopesPerRequest, options.MaxQueued));
    }

    /// <summary>What the venue said of itself when the client connected.</summary>
    public VenueDescription Venue { get; }

    /// <summary>The enclave that was verified last.</summary>
    public VerifiedEnclave Enclave => _trust.Current;

    /// <summary>The highest block that the enclave has signed to this client; block 0 before the first receipt.</summary>
    public LogPosition Log => _watch.Highest;

    /// <summary>Reads the venue's description and verifies its enclave.</summary>
    /// <exception cref="DarkPoolException">The venue is away for too long, or the evidence is refused.</exception>
    public static async Task<DarkPoolClient> ConnectAsync(DarkPoolClientOptions options, CancellationToken cancellation = default)
    {
        Check(options);
        var api = new VenueApi(options);
        try
        {
            VenueDescription venue = await api.GetVenueAsync(cancellation);
            Bytes32 id = Parse(venue.VenueId);
            Bytes32 head = Parse(venue.GenesisHead);
            if (venue.Limits.EnvelopesPerRequest < 1)
                throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The venue takes no envelopes.");
            var trust = new EnclaveTrust(new EnclaveExaminer(api, options, id), options.Time);
            await trust.RefreshAsync(null, cancellation);
            return new DarkPoolClient(options, api, trust, venue, id, head);
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Asks a venue's enclave for evidence over a fresh nonce and judges it, without connecting: for people who want to see what was
    /// checked.
    /// </summary>
    /// <exception cref="DarkPoolException">
    /// The venue or the source of collateral is away, or what came is not of the protocol. Refused evidence is a verdict, not an exception.
    /// </exception>
    public static async Task<EnclaveExamination> ExamineEnclaveAsync(
        DarkPoolClientOptions options, CancellationToken cancellation = default)
    {
        Check(options);
        using var api = new VenueApi(options);
        VenueDescription venue = await api.GetVenueAsync(cancellation);
        return await new EnclaveExaminer(api, options, Parse(venue.VenueId)).ExamineAsync(cancellation);
    }

    /// <summary>Reads the venue's description again.</summary>
    /// <exception cref="DarkPoolException">The venue is away for too long.</exception>
    public Task<VenueDescription> GetVenueAsync(CancellationToken cancellation = default) => _api.GetVenueAsync(cancellation);

    /// <summary>Reads the public tape.</summary>
    /// <param name="after">The last batch already known; 0: from the beginning.</param>
    /// <param name="limit">Most batches wanted, 1 to 1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DarkPoolException">The venue is away for too long.</exception>
    public Task<TapePage> GetTapeAsync(ulong after, int limit, CancellationToken cancellation = default) =>
        _api.GetTapeAsync(after, limit, cancellation);

    /// <summary>Reads what is public of the venue's loans, signed by the enclave that was verified.</summary>
    /// <returns>The latest sheet; null before the first.</returns>
    /// <exception cref="DarkPoolException">The venue is away for too long, or its sheet is not the enclave's.</exception>
    public async Task<ReserveSheet?> GetReservesAsync(CancellationToken cancellation = default)
    {
        ReservesAnswer answer = await _api.GetReservesAsync(cancellation);
        if (answer.Sheet is not { } text)
            return null;
        return ReserveSheet.TryVerify(FromBase64(text), _trust.Current.Identity.SigningKey, _venueId, out ReserveSheet? sheet)
            ? sheet
            : throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The reserve sheet is not what the enclave signed.");
    }

    /// <summary>
    /// Reads published liquidations, signed by the enclave that was verified. Their numbers are without gaps, so nothing was left out.
    /// </summary>
    /// <param name="after">The number of the last liquidation already known, as the last sheet had it; 0: from the beginning.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The next sheets, in order; none if there is nothing behind that number yet.</returns>
    /// <exception cref="DarkPoolException">
    /// The venue is away for too long, a sheet is not the enclave's, or one is missing between them.
    /// </exception>
    public async Task<IReadOnlyList<LiquidationSheet>> GetLiquidationsAsync(ulong after, CancellationToken cancellation = default)
    {
        LiquidationsAnswer answer = await _api.GetLiquidationsAsync(after, cancellation);
        var sheets = new List<LiquidationSheet>(answer.Sheets.Count);
        ulong known = after;
        foreach (LiquidationsAnswer.Signed signed in answer.Sheets)
        {
            byte[] bytes = FromBase64(signed.Sheet);
            if (!LiquidationSheet.TryVerify(bytes, _trust.Current.Identity.SigningKey, _venueId, out LiquidationSheet? sheet))
                throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The liquidation sheet is not what the enclave signed.");
            ulong last = sheet.First + (ulong)sheet.Liquidations.Length - 1;
            bool follows = sheets.Count == 0 ? sheet.First <= known + 1 && last > known : sheet.First == known + 1;
            if (!follows)
                throw new DarkPoolException(DarkPoolError.ProtocolViolation, $"Liquidations behind number {known} were left out.");
            sheets.Add(sheet);
            known = last;
        }
        return sheets;
    }

    /// <summary>
    /// Opens a session: waits for the receipt of the hello and for the enclave's sealed word that the session is this account's.
    /// </summary>
    /// <exception cref="DarkPoolException">The venue is away for too long, refuses, or cannot prove what it did.</exception>
    public async Task<DarkPoolSession> OpenSessionAsync(SessionOptions session, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var account = new AccountKey(new Bytes32(session.Account.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
        RetryPace pace = _api.Pace();
        while (true)
        {
            if (await TryOpenAsync(session, cancellation) is { } keys)
            {
                var channel = new SessionChannel(keys, _queue, _api, account, session.OnReport, _options);
                try
                {
                    await channel.Opened.WaitAsync(cancellation);
                    return new DarkPoolSession(channel);
                }
                catch
                {
                    await channel.DisposeAsync();
                    throw;
                }
            }
            await VenueApi.WaitAsync(pace, cancellation);
        }
    }

    /// <summary>
    /// Seals an account into the tag of a deposit, so that nobody but the enclave can link the two. Give it to the vault with the deposit.
    /// </summary>
    /// <returns>84 bytes.</returns>
    /// <exception cref="DarkPoolException">The evidence of an enclave that took over is refused.</exception>
    public async Task<byte[]> SealDepositTagAsync(AccountKey account, CancellationToken cancellation = default)
    {
        EnclaveIdentity enclave = (await _trust.FreshAsync(cancellation)).Identity;
        var tag = new byte[DepositTag.Size];
        return DepositTag.TrySeal(enclave.KeyEpoch, enclave.EncryptionKey, _venueId, account, tag)
            ? tag
            : throw UnusableKey();
    }

    /// <summary>Stops sending; commands without receipt or report fail. Dispose the sessions first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _trust.Dispose();
        _api.Dispose();
    }

    /// <summary>One hello; null if the venue was away. Each attempt is a session of its own, so a lost one stays unused.</summary>
    private async Task<ClientSession?> TryOpenAsync(SessionOptions options, CancellationToken cancellation)
    {
        EnclaveIdentity enclave = (await _trust.FreshAsync(cancellation)).Identity;
        if (!ClientSession.TryStart(
            options.Account, options.Suite, options.RateClass, enclave.KeyEpoch, enclave.EncryptionKey, _venueId, out ClientSession? keys))
        {
            throw UnusableKey();
        }
        try
        {
            ulong floor = _watch.Highest.Block;
            if (await _api.TryOpenSessionAsync(keys.Hello, cancellation) is not { } answer)
            {
                keys.Dispose();
                return null;
            }
            await _receipts.VerifyHelloAsync(keys.Hello, answer.Receipt, answer.Session, floor, cancellation);
            keys.Bind(answer.Session);
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : [];
    }

    private static Bytes32 Parse(string hash) => Bytes32.TryParse(hash, out Bytes32 value)
        ? value
        : throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The venue's description has not the form of the protocol.");

    private static DarkPoolException UnusableKey() =>
        new(DarkPoolError.EvidenceRefused, "The enclave's encryption key is not a usable point.");

    private static void Check(DarkPoolClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxQueued, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxQueued, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxUnanswered, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxUnanswered, 1 << 16);
    }
}
