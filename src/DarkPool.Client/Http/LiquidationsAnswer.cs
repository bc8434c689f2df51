namespace DarkPool.Client.Http;

/// <summary>Of <c>GET /v1/liquidations</c>, what the enclave signed; the rest is for people to read.</summary>
/// <param name="Sheets">The sheets, in order.</param>
/// <param name="Next">Number of the last liquidation told.</param>
internal sealed record LiquidationsAnswer(IReadOnlyList<LiquidationsAnswer.Signed> Sheets, ulong Next)
{
    /// <param name="Sheet">Base64.</param>
    internal sealed record Signed(string Sheet);
}
