using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Cli.Stack;

/// <summary>Signs governance commands one after another and waits until each is in force.</summary>
/// <param name="http">Its base address is the venue's.</param>
/// <param name="venueId">The venue that they are signed for.</param>
/// <param name="signers">As many governance keys as the venue asks for.</param>
/// <param name="nextSequence">The venue's next sequence.</param>
internal sealed class GovernanceDesk(HttpClient http, Bytes32 venueId, IReadOnlyCollection<Key> signers, ulong nextSequence)
{
    private ulong _sequence = nextSequence;

    /// <summary>Sends a command.</summary>
    /// <exception cref="Processes.StackException">The venue refuses it.</exception>
    public async Task SendAsync(GovernanceType type, byte[] body, CancellationToken cancellation)
    {
        byte[] entry = new GovernanceCommand(type, _sequence, body).Sign(venueId, signers);
        await SignedEntry.PostAsync(http, "v1/governance", entry, type.ToString(), cancellation);
        _sequence++;
    }
}
