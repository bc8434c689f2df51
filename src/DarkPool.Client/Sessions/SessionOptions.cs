using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Client.Sessions;

/// <summary>How to open a session.</summary>
public sealed record SessionOptions
{
    /// <summary>The account's Ed25519 key: it signs the hello inside the seal. The caller keeps and disposes it.</summary>
    public required Key Account { get; init; }

    /// <summary>How fast and how large the frames of the report stream are (default: 10 a second of 2,048 bytes). Public.</summary>
    public RateClass RateClass { get; init; } = RateClass.Medium;

    /// <summary>What seals the commands (default: AES-256-GCM).</summary>
    public HpkeSuite Suite { get; init; } = HpkeSuite.Aes256Gcm;

    /// <summary>
    /// Takes every report once, in the order of their numbers, from the loop that reads the stream: it must return soon and not throw.
    /// Refused copies of commands, and what strangers sent in the session's name, are left out. Null: reports are only matched to commands.
    /// </summary>
    public ReportHandler? OnReport { get; init; }
}
