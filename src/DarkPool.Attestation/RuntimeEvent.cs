namespace DarkPool.Attestation;

/// <summary>An event that a TDX guest measured into RTMR3 while it ran.</summary>
/// <param name="Name">For example <c>compose-hash</c>.</param>
/// <param name="Payload">Lowercase hex.</param>
public sealed record RuntimeEvent(string Name, string Payload);
