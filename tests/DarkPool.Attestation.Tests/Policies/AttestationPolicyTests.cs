using System.Text;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Simulated;
using Xunit;

namespace DarkPool.Attestation.Tests.Policies;

public sealed class AttestationPolicyTests
{
    private const string Full = """
        {
          // comments are for people
          "version": 1, "name": "production", "providers": ["tsm", "dstack"],
          "measurements": [
            { "name": "v1", "kind": "tdx",
              "values": { "mrtd": "AA", "rtmr1": "BB", "rtmr2": "CC", "rtmr3": "CC" }, "minimums": { "tdxmodulesvn": 4 },
              "expires": "2027-01-01T00:00:00Z" },
            { "name": "v2", "kind": "sgx", "values": { "mrsigner": "DD", "isvprodid": "7" }, "minimums": { "isvsvn": 3 } }
          ],
          "tcb": { "minimumStatus": "SWHardeningNeeded", "graceDays": 30, "toleratedAdvisories": ["INTEL-SA-00615"],
                   "minimumEvaluationNumber": 17, "amd": { "snp": 8, "microcode": 115 } },
          "chips": ["00FF"], "maxVmpl": 1, "allowDebug": false
        }
        """;

    private static string FullJson => Full
        .Replace("\"AA\"", $"\"{new string('A', 96)}\"", StringComparison.Ordinal)
        .Replace("\"BB\"", $"\"{new string('b', 96)}\"", StringComparison.Ordinal)
        .Replace("\"CC\"", $"\"{new string('c', 96)}\"", StringComparison.Ordinal)
        .Replace("\"DD\"", $"\"{new string('d', 64)}\"", StringComparison.Ordinal);

    [Fact]
    public void A_policy_reads_all_its_members()
    {
        var policy = Parse(FullJson);
        Assert.Equal(["tsm", "dstack"], policy.Providers);
        Assert.Equal(new string('a', 96), policy.Measurements[0].Values["mrtd"]);
        Assert.Equal(4ul, policy.Measurements[0].Minimums["tdxmodulesvn"]);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), policy.Measurements[0].Expires);
        Assert.Equal(TcbStatus.SWHardeningNeeded, policy.Tcb.MinimumStatus);
        Assert.Equal(17u, policy.Tcb.MinimumEvaluationNumber);
        Assert.Equal(115ul, policy.Tcb.Amd["microcode"]);
        Assert.Equal(["00ff"], policy.Chips);
        Assert.Equal(1, policy.MaxVmpl);
        Assert.Empty(policy.DevelopmentRoots);
    }

    [Fact]
    public void The_hash_does_not_depend_on_how_the_file_is_written()
    {
        var policy = Parse(FullJson);
        var canonical = policy.ToCanonicalJson();
        var again = Parse(Encoding.UTF8.GetString(canonical));
        Assert.Equal(policy.Hash.ToArray(), again.Hash.ToArray());
        Assert.Equal(canonical, again.ToCanonicalJson());
        Assert.Equal(policy.Hash.ToArray(), (policy with { Providers = ["dstack", "tsm"] }).Hash.ToArray());
        Assert.Equal(policy.Hash.ToArray(), Parse(policy.ToString()).Hash.ToArray());
    }

    [Fact]
    public void The_canonical_form_of_the_development_policy_is_pinned()
    {
        var expected = """
            {"version":1,"name":"development","providers":["simulated"],"developmentRoots":["ROOT"],
            "developmentAnchors":[],"measurements":[{"name":"any simulated program","kind":"simulated","values":{},"minimums":{},
            "any":true,"expires":null}],"tcb":{"minimumStatus":"UpToDate","graceDays":0,"toleratedAdvisories":[],
            "minimumEvaluationNumber":0,"amd":{}},"serviceTds":[],"chips":null,"allowDebug":false,"allowMigrationAgent":false,
            "allowMaskedChip":false,"maxVmpl":0,"allowUnavailableRevocation":false,"statementMaxAgeSeconds":300}
            """.ReplaceLineEndings("").Replace("ROOT", DevelopmentRoot.PublicKeyHex, StringComparison.Ordinal);
        var policy = AttestationPolicy.Development;
        Assert.Equal(expected, Encoding.UTF8.GetString(policy.ToCanonicalJson()));
        Assert.Equal("54c3637b5da027dcb9b372280b8f30c90932f1124e57eb1a7f32e47947e75599", Convert.ToHexStringLower(policy.Hash.Span));
    }

    [Theory]
    [InlineData("{}", "version")]
    [InlineData("""{"version":2,"name":"x"}""", "version")]
    [InlineData("""{"version":1,"name":"x","provider":["tsm"]}""", "provider")]
    [InlineData("""{"version":1,"name":"x","name":"y"}""", "name")]
    [InlineData("""{"version":1,"name":"x","tcb":{"minimumStatus":"Revoked"}}""", "minimumStatus")]
    [InlineData("""{"version":1,"name":"x","tcb":{"minimumStatus":"0"}}""", "minimumStatus")]
    [InlineData("""{"version":1,"name":"x","maxVmpl":4}""", "maxVmpl")]
    [InlineData("""{"version":1,"name":"x","allowDebug":1}""", "allowDebug")]
    [InlineData("""{"version":1,"name":"x","developmentRoots":["00"]}""", "developmentRoots")]
    [InlineData("""{"version":1,"name":"x","measurements":[{"name":"a","kind":"tdx","any":true}]}""", "any")]
    [InlineData("""{"version":1,"name":"x","measurements":[{"name":"a","kind":"sgx","values":{"isvprodid":"1"}}]}""", "identify")]
    [InlineData("""{"version":1,"name":"x","measurements":[{"name":"a","kind":"snp","values":{"measurement":"00"}}]}""", "measurement")]
    [InlineData("""{"version":1,"name":"x","measurements":[{"name":"a","kind":"simulated","any":true,"expires":"2027"}]}""", "expires")]
    [InlineData("""{"version":1,"name":"\ud800"}""", "surrogates")]
    [InlineData("""{"version":1,"name":"x","\ud800":1}""", "surrogates")]
    [InlineData("""[[[[[[[[[[]]]]]]]]]]""", "depth")]
    [InlineData("", "token")]
    public void A_senseless_policy_is_refused_with_its_place(string json, string place)
    {
        Assert.False(AttestationPolicy.TryParse(Encoding.UTF8.GetBytes(json), out _, out var error));
        Assert.Contains(place, error, StringComparison.OrdinalIgnoreCase);
    }

    private static AttestationPolicy Parse(string json)
    {
        Assert.True(AttestationPolicy.TryParse(Encoding.UTF8.GetBytes(json), out var policy, out var error), error);
        return policy;
    }
}
