using System.Net;
using DarkPool.Host.Hosting;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Tests.Support;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Envelopes;
using NSec.Cryptography;
using Xunit;

namespace DarkPool.Host.Tests.Http;

/// <summary>Each refusal by its whole document, and that nothing of the refused body waits to enter the log.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private FrontDoor _door = null!;

    public async Task InitializeAsync() => _door = await FrontDoor.OpenAsync(new ClientLimits { EnvelopesPerRequest = 16 });

    public async Task DisposeAsync() => await _door.DisposeAsync();

    [Fact]
    public async Task An_empty_body_is_refused() =>
        await RefusedAsync(
            "/v1/envelopes", [], 400, """{"type":"urn:darkpool:problem:empty-body","title":"The body is empty","status":400}""");

    [Theory]
    [InlineData(1, 0)]
    [InlineData(23, 0)]
    [InlineData(255, 0)]
    [InlineData(256 + 24, 256)]
    [InlineData((2 * 256) - 1, 256)]
    public async Task A_truncated_body_is_refused_whole_with_the_place_of_the_cut(int length, int offset) =>
        await RefusedAsync("/v1/envelopes", Envelopes.Commands(2)[..length], 400, Misaligned(offset));

    [Fact]
    public async Task A_body_with_bytes_behind_its_last_envelope_is_refused() =>
        await RefusedAsync("/v1/envelopes", [.. Envelopes.Command(), 1], 400, Misaligned(256));

    [Fact]
    public async Task A_large_envelope_cut_to_a_small_one_is_refused() =>
        await RefusedAsync("/v1/envelopes", Envelopes.Command(size: SizeClass.Large)[..256], 400, Misaligned(0));

    [Theory]
    [InlineData(0, 2, "unknown-version", "The version of an envelope is unknown")]
    [InlineData(0, 0, "unknown-version", "The version of an envelope is unknown")]
    [InlineData(1, 0, "unknown-kind", "The kind of an envelope is unknown")]
    [InlineData(1, 3, "unknown-kind", "The kind of an envelope is unknown")]
    [InlineData(2, 0, "unknown-size-class", "The size class of an envelope is unknown")]
    [InlineData(2, 9, "unknown-size-class", "The size class of an envelope is unknown")]
    [InlineData(3, 0, "unknown-suite", "The suite of an envelope is unknown")]
    [InlineData(3, 7, "unknown-suite", "The suite of an envelope is unknown")]
    public async Task An_unknown_value_in_a_header_is_refused_with_its_place(int field, byte value, string slug, string title) =>
        await RefusedAsync(
            "/v1/envelopes",
            [.. Envelopes.Command(), .. Envelopes.Command(sequence: 2).With(field, value)],
            400,
            $$"""{"type":"urn:darkpool:problem:{{slug}}","title":"{{title}}","status":400,"offset":256}""");

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public async Task A_command_without_session_or_sequence_is_refused(int field)
    {
        var envelope = Envelopes.Command();
        envelope.AsSpan(field, 8).Clear();
        await RefusedAsync("/v1/envelopes", envelope, 400, Malformed);
    }

    [Fact]
    public async Task A_hello_with_a_session_is_refused() =>
        await RefusedAsync("/v1/sessions", Envelopes.Hello().With(8, 1), 400, Malformed);

    [Fact]
    public async Task A_hello_among_envelopes_is_refused() =>
        await RefusedAsync("/v1/envelopes", [.. Envelopes.Command(), .. Envelopes.Hello()], 400, WrongKind(256));

    [Fact]
    public async Task A_command_as_a_session_is_refused() =>
        await RefusedAsync("/v1/sessions", Envelopes.Command(), 400, WrongKind(0));

    [Fact]
    public async Task Two_hellos_at_once_are_refused() =>
        await RefusedAsync("/v1/sessions", [.. Envelopes.Hello(), .. Envelopes.Hello()], 400, TooMany(1));

    [Fact]
    public async Task More_envelopes_than_the_limit_are_refused() =>
        await RefusedAsync("/v1/envelopes", Envelopes.Commands(17), 400, TooMany(16));

    [Fact]
    public async Task A_body_past_the_size_limit_is_refused_by_its_length() =>
        await RefusedAsync("/v1/envelopes", new byte[ClientLimits.BodyBytes + 1], 413, TooLarge);

    [Fact]
    public async Task A_body_past_the_size_limit_is_refused_without_a_length_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/envelopes", UriKind.Relative));
        request.Content = new StreamContent(new MemoryStream(new byte[ClientLimits.BodyBytes + 1]));
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.TransferEncodingChunked = true;
        using var response = await _door.Http.SendAsync(request);
        await IsRefusalAsync(response, 413, TooLarge);
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_refused()
    {
        using var response = await _door.PostAsync("/v1/envelopes", Envelopes.Command(), "application/json");
        await IsRefusalAsync(
            response,
            415,
            """{"type":"urn:darkpool:problem:unsupported-media-type","title":"The body must be application/octet-stream","status":415}""");
    }

    [Fact]
    public async Task A_governance_command_that_does_not_parse_is_refused() =>
        await RefusedAsync("/v1/governance", new byte[40], 400, MalformedEntry);

    [Fact]
    public async Task A_governance_command_of_a_stranger_is_refused()
    {
        using var stranger = Key.Create(SignatureAlgorithm.Ed25519);
        await RefusedAsync("/v1/governance", Interval(1).Sign(TestVenue.Genesis.VenueId, [stranger]), 403, BadSignature);
    }

    [Fact]
    public async Task A_governance_command_for_another_venue_is_refused() =>
        await RefusedAsync("/v1/governance", Interval(1).Sign(default, [TestVenue.Governor]), 403, BadSignature);

    [Fact]
    public async Task A_governance_command_of_a_used_sequence_is_refused_with_the_next() =>
        await RefusedAsync(
            "/v1/governance",
            Interval(0).Sign(TestVenue.Genesis.VenueId, [TestVenue.Governor]),
            409,
            """
            {"type":"urn:darkpool:problem:out-of-sequence","title":"The governance sequence is not the next","status":409,"nextSequence":1}
            """);

    [Fact]
    public async Task A_price_that_does_not_parse_is_refused() =>
        await RefusedAsync("/v1/prices", new byte[SignedPrice.Size - 1], 400, MalformedEntry);

    [Fact]
    public async Task A_price_of_a_key_that_is_no_source_is_refused()
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        var price = new SignedPrice(1, 1, 1, 1, TestVenue.PublicKey(key));
        await RefusedAsync("/v1/prices", price.Sign(key, TestVenue.Genesis.VenueId), 403, BadSignature);
    }

    [Theory]
    [InlineData("/v1/attestation")]
    [InlineData("/v1/attestation?nonce=00")]
    [InlineData("/v1/attestation?nonce=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/v1/reports")]
    [InlineData("/v1/reports?session=-1&attach=AA")]
    [InlineData("/v1/reports?session=1&attach=AA")]
    [InlineData("/v1/reports?session=1&attach=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("/v1/tape?after=x")]
    [InlineData("/v1/liquidations?after=-1")]
    [InlineData("/v1/liquidations?limit=17")]
    [InlineData("/v1/tape?limit=0")]
    [InlineData("/v1/tape?limit=1001")]
    [InlineData("/v1/blocks/0")]
    [InlineData("/v1/blocks/-1")]
    [InlineData("/v1/blocks/x")]
    public async Task A_query_that_is_not_of_its_form_is_refused(string path)
    {
        using var response = await _door.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var document = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"type":"urn:darkpool:problem:bad-query",""", document, StringComparison.Ordinal);
        Assert.Contains(""","status":400,"detail":""", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_not_found()
    {
        using var response = await _door.GetAsync("/v1/nothing");
        await IsRefusalAsync(response, 404, """{"type":"urn:darkpool:problem:not-found","title":"There is nothing here","status":404}""");
    }

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_refused()
    {
        using var response = await _door.GetAsync("/v1/envelopes");
        await IsRefusalAsync(
            response,
            405,
            """{"type":"urn:darkpool:problem:method-not-allowed","title":"The method is not allowed here","status":405}""");
    }

    [Theory]
    [InlineData((int)Hindrance.Starting, "starting", "The venue is starting", 2)]
    [InlineData((int)Hindrance.EnclaveUnavailable, "enclave-unavailable", "The enclave does not answer, or is being restored", 2)]
    [InlineData((int)(Hindrance.StoreUnavailable | Hindrance.Restoring), "store-unavailable", "The event store does not answer", 2)]
    [InlineData((int)(Hindrance.Draining | Hindrance.StoreUnavailable), "draining", "The venue is shutting down", 2)]
    public async Task A_venue_that_cannot_serve_says_why_and_when_to_come_back(int hindrance, string slug, string title, int retry)
    {
        _door.Availability.Add((Hindrance)hindrance);
        using var response = await _door.PostAsync("/v1/envelopes", Envelopes.Command());
        Assert.Equal(TimeSpan.FromSeconds(retry), response.Headers.RetryAfter?.Delta);
        await IsRefusalAsync(response, 503, $$"""{"type":"urn:darkpool:problem:{{slug}}","title":"{{title}}","status":503}""");
    }

    private static readonly string Malformed = Document(
        "malformed-header", "The header of an envelope has a field that must not hold its value", 400, ",\"offset\":0");

    private static readonly string TooLarge = Document("body-too-large", "The body is larger than the venue accepts", 413);

    private static readonly string MalformedEntry = Document("malformed-entry", "The entry is not of its form", 400);

    private static readonly string BadSignature = Document("bad-signature", "The entry is not signed as the venue requires", 403);

    private static GovernanceCommand Interval(ulong sequence) =>
        new(GovernanceType.SetSettlementInterval, sequence, new SetSettlementInterval(1_000_000).ToBytes());

    private static string Misaligned(int offset) =>
        Document("misaligned-body", "The body is not a whole number of envelopes", 400, $",\"offset\":{offset}");

    private static string WrongKind(int offset) =>
        Document("wrong-kind", "An envelope of this kind does not belong here", 400, $",\"offset\":{offset}");

    private static string TooMany(int limit) =>
        Document("too-many-envelopes", "More envelopes than one request may carry", 400, $",\"detail\":\"at most {limit}\"");

    private static string Document(string slug, string title, int status, string more = "") =>
        $$"""{"type":"urn:darkpool:problem:{{slug}}","title":"{{title}}","status":{{status}}{{more}}}""";

    private async Task RefusedAsync(string path, byte[] body, int status, string document)
    {
        using var response = await _door.PostAsync(path, body);
        await IsRefusalAsync(response, status, document);
    }

    private async Task IsRefusalAsync(HttpResponseMessage response, int status, string document)
    {
        Assert.Equal(document, await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        Assert.True(_door.Intake.IsEmpty);
        Assert.Equal(0, _door.Intake.Bytes);
    }
}
