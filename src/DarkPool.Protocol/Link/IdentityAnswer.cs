using System.Buffers;
using System.Text;

namespace DarkPool.Protocol.Link;

/// <summary>Answer to Identify.</summary>
/// <param name="Claims">The encoded claims of the enclave: an <c>EnclaveIdentity</c>.</param>
/// <param name="Provider">Name of the evidence provider.</param>
/// <param name="Evidence">Evidence over the report data of the claims and the nonce.</param>
public sealed record IdentityAnswer(byte[] Claims, string Provider, byte[] Evidence)
{
    private const int MaxClaims = 4096;
    private const int MaxProviderName = 64;

    /// <summary>The largest known evidence (TDX quote with its certificates) has tens of kilobytes.</summary>
    private const int MaxEvidence = 4 * 1024 * 1024;

    /// <summary>Encodes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new PayloadWriter(output);
        writer.Sized(Claims);
        writer.Sized(Encoding.UTF8.GetBytes(Provider));
        writer.Sized(Evidence);
    }

    internal static IdentityAnswer Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var answer = new IdentityAnswer(
            reader.Sized(MaxClaims).ToArray(),
            Encoding.UTF8.GetString(reader.Sized(MaxProviderName)),
            reader.Sized(MaxEvidence).ToArray());
        reader.End();
        return answer;
    }
}
