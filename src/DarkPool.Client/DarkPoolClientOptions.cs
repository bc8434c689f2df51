using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;

namespace DarkPool.Client;

/// <summary>How a <see cref="DarkPoolClient"/> reaches a venue and what it trusts.</summary>
public sealed record DarkPoolClientOptions
{
    /// <summary>Address of the venue's host, such as <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Venue { get; init; }

    /// <summary>What an enclave must prove before anything is sealed to it. Default deny: an empty policy trusts nobody.</summary>
    public required AttestationPolicy Policy { get; init; }

    /// <summary>
    /// Where endorsements for the evidence of real hardware come from; null: nowhere, which is enough for simulated evidence, and for ROFL
    /// where the policy names the evidence key. It need not be trusted, except for registrations of ROFL. The caller disposes it.
    /// </summary>
    public ICollateralSource? Collateral { get; init; }

    /// <summary>
    /// How long the same bytes are sent again while the venue is away (default: two minutes). Sequences are strict, so a copy
    /// of a command that was executed changes nothing.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time one request may take before it counts as lost (default: 30 seconds).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Commands that may wait for their receipt, over all sessions, before submitting waits too; 1 to 1,048,576 (default: 16,384).
    /// </summary>
    public int MaxQueued { get; init; } = 16_384;

    /// <summary>
    /// Commands of one session that may wait for their report before submitting waits too; 1 to 65,536 (default: 4,096). The enclave
    /// holds a bounded number of reports that a session has not received yet and rejects commands beyond it.
    /// </summary>
    public int MaxUnanswered { get; init; } = 4_096;

    /// <summary>Clock for retries and for the age of evidence.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the handler that carries the requests; null: one of its own per client. The client disposes it.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }
}
