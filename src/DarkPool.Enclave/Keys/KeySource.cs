using System.Net.Sockets;
using DarkPool.Attestation;
using DarkPool.Attestation.Peers;
using DarkPool.Enclave.Peers;
using DarkPool.Enclave.Server;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Keys;

/// <summary>Where an enclave's keys come from at its start: from its platform, from a peer, or from nowhere.</summary>
internal sealed class KeySource(
    IEvidenceProvider provider, string stateFolder, Genesis genesis, Bytes32 peerPolicy, EnclaveLog log, TimeProvider clock)
{
    private readonly KeptKeys _kept = new(provider, stateFolder, genesis.VenueId, peerPolicy);

    /// <summary>The keys of the own platform, or those that a peer handed over at an earlier start.</summary>
    /// <exception cref="NotSupportedException">The platform keeps no key.</exception>
    /// <exception cref="IOException">The platform failed.</exception>
    /// <exception cref="FormatException">What is kept is not of this platform and venue.</exception>
    public async Task<EnclaveKeys> OfPlatformAsync(CancellationToken cancellationToken) =>
        await KeptAsync(cancellationToken) ?? await EnclaveKeys.FromPlatformAsync(provider, peerPolicy, cancellationToken);

    /// <summary>The keys of a peer's venue; those that it handed over at an earlier start need no peer.</summary>
    /// <exception cref="PeerException">It refused, was refused, or is not there.</exception>
    /// <exception cref="IOException">The platform or the source of collateral failed.</exception>
    /// <exception cref="FormatException">What is kept is not of this platform and venue.</exception>
    public async Task<EnclaveKeys> OfPeerAsync(LinkEndpoint peer, PeerContext context, CancellationToken cancellationToken)
    {
        if (await KeptAsync(cancellationToken) is { } kept) return kept;
        using var limit = new CancellationTokenSource(KeyHandover.TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var connection = new PeerConnection(await peer.ConnectAsync(either.Token));
            var (venue, epochs) = await KeyHandover.TakeAsync(connection, context, either.Token);
            try
            {
                log.Write($"the peer at {peer.Text} handed over the venue's keys, {epochs.Length} key epochs");
                if (!await _kept.TryWriteAsync(venue, epochs, cancellationToken))
                    log.Write("this platform keeps no key: the next start has to join a peer again");
                return EnclaveKeys.FromPeer(venue, epochs);
            }
            finally
            {
                venue.Dispose();
                KeyHandover.Wipe(epochs);
            }
        }
        catch (SocketException e)
        {
            throw PeerException.Failure($"the peer at {peer.Text} cannot be reached: {e.Message}", e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw PeerException.Failure($"the peer at {peer.Text} took too long");
        }
    }

    private async Task<EnclaveKeys?> KeptAsync(CancellationToken cancellationToken)
    {
        var kept = await _kept.TryReadAsync(cancellationToken);
        if (kept is not null) log.Write($"keys that a peer handed over earlier, {kept.Epochs.Newest} key epochs");
        return kept;
    }
}
