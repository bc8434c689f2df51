using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Attestation.Peers;
using DarkPool.Enclave.Keys;

namespace DarkPool.Enclave.Peers;

/// <summary>
/// One exchange: each enclave attests itself to the other over a fresh channel, then the keys of the venue go from the one that has them
/// to the one that joins.
/// </summary>
internal static class KeyHandover
{
    /// <summary>How long an exchange may take, fetching collateral included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>The side that has the keys.</summary>
    /// <returns>What the joining enclave proved.</returns>
    /// <exception cref="PeerException">It was refused, or refused, or went away.</exception>
    /// <exception cref="IOException">The own platform or the source of collateral failed.</exception>
    public static async Task<EvidenceFacts> GiveAsync(
        PeerConnection connection, PeerContext context, EnclaveKeys keys, CancellationToken cancellationToken)
    {
        using var responder = new PeerResponder(context);
        var hello = await connection.ReceiveAsync(PeerMessageType.Hello, cancellationToken);
        if (keys.Epochs.Newest == 0)
            throw await connection.RefuseAsync("no host has restored this enclave yet: it has no key epoch", cancellationToken);
        var answer = await responder.AnswerAsync(hello, cancellationToken);
        if (answer.Refused is { } refused) throw await connection.RefuseAsync(refused, cancellationToken);
        await connection.SendAsync(PeerMessageType.Answer, answer.Message, cancellationToken);

        var proof = await connection.ReceiveAsync(PeerMessageType.Proof, cancellationToken);
        var accepted = await responder.AcceptAsync(proof, cancellationToken);
        if (accepted.Channel is null) throw await connection.RefuseAsync(accepted.Refused!, cancellationToken);
        using var channel = accepted.Channel;
        var (venue, epochs) = keys.Export();
        try
        {
            await connection.SendAsync(PeerMessageType.VenueKeys, venue.Seal(channel), cancellationToken);
            for (var i = 0; i < epochs.Length; i++)
            {
                var message = KeyEpochHandover.Seal(channel, (uint)i + 1, epochs[i]);
                await connection.SendAsync(PeerMessageType.KeyEpoch, message, cancellationToken);
            }
        }
        finally
        {
            venue.Dispose();
            Wipe(epochs);
        }

        return accepted.Verdict!.Facts!;
    }

    /// <summary>The side that joins. The caller disposes the keys and wipes the epochs.</summary>
    /// <exception cref="PeerException">It was refused, or refused, or the peer went away.</exception>
    /// <exception cref="IOException">The own platform or the source of collateral failed.</exception>
    public static async Task<(VenueKeys Venue, byte[][] Epochs)> TakeAsync(
        PeerConnection connection, PeerContext context, CancellationToken cancellationToken)
    {
        using var initiator = new PeerInitiator(context);
        await connection.SendAsync(PeerMessageType.Hello, initiator.Start(), cancellationToken);
        var answer = await connection.ReceiveAsync(PeerMessageType.Answer, cancellationToken);
        var finished = await initiator.FinishAsync(answer, cancellationToken);
        if (finished.Channel is null) throw await connection.RefuseAsync(finished.Refused!, cancellationToken);
        using var channel = finished.Channel;
        await connection.SendAsync(PeerMessageType.Proof, finished.Message, cancellationToken);

        return await ReceiveAsync(connection, channel, cancellationToken);
    }

    private static async Task<(VenueKeys Venue, byte[][] Epochs)> ReceiveAsync(
        PeerConnection connection, PeerChannel channel, CancellationToken cancellationToken)
    {
        var message = await connection.ReceiveAsync(PeerMessageType.VenueKeys, cancellationToken);
        var venue = VenueKeys.TryOpen(channel, message) ?? throw PeerException.Failure("what the peer handed over are not a venue's keys");
        byte[][] epochs = [];
        try
        {
            if (venue.KeyEpochs is 0 or > KeyEpochRing.MaxEpochs) throw PeerException.Failure("the peer has too many key epochs, or none");
            epochs = new byte[venue.KeyEpochs][];
            for (var i = 0; i < epochs.Length; i++)
            {
                message = await connection.ReceiveAsync(PeerMessageType.KeyEpoch, cancellationToken);
                if (!KeyEpochHandover.TryOpen(channel, message, out var epoch, out epochs[i]) || epoch != i + 1)
                    throw PeerException.Failure($"what the peer handed over is not key epoch {i + 1}");
            }

            return (venue, epochs);
        }
        catch
        {
            venue.Dispose();
            Wipe(epochs);
            throw;
        }
    }

    /// <summary>Wipes secrets.</summary>
    public static void Wipe(IEnumerable<byte[]?> secrets)
    {
        foreach (var secret in secrets) CryptographicOperations.ZeroMemory(secret);
    }
}
