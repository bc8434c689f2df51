namespace DarkPool.Client;

/// <summary>Why a call to a venue failed.</summary>
public enum DarkPoolError
{
    /// <summary>The venue did not answer, or answered "not now", for longer than <see cref="DarkPoolClientOptions.RetryFor"/>.</summary>
    VenueUnreachable,

    /// <summary>The evidence does not satisfy the policy. Nothing was sealed to this enclave.</summary>
    EvidenceRefused,

    /// <summary>A receipt does not prove what was sent, or the enclave did not sign it.</summary>
    ReceiptInvalid,

    /// <summary>Two signed statements about the log contradict each other: it was forked or rolled back.</summary>
    LogForked,

    /// <summary>The venue refused a request for good; the message holds its reason.</summary>
    RequestRefused,

    /// <summary>The session cannot be used any more: closed, unknown to the enclave, or a command of it was refused for good.</summary>
    SessionLost,

    /// <summary>The venue sent something that is not of the protocol.</summary>
    ProtocolViolation,

    /// <summary>
    /// The source of collateral failed, so the evidence could not be judged: nothing was sealed to this enclave.
    /// </summary>
    CollateralUnavailable,
}
