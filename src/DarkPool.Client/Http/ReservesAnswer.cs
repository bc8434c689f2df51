namespace DarkPool.Client.Http;

/// <summary>Of <c>GET /v1/reserves</c>, what the enclave signed; the rest is for people to read.</summary>
/// <param name="Sheet">Base64; null if there is none yet.</param>
internal sealed record ReservesAnswer(string? Sheet);
