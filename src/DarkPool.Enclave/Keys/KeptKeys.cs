using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Attestation.Peers;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Keys;

/// <summary>
/// Keys that a peer handed over, kept in the state folder for the next start: sealed under a root key of the own platform, for the venue
/// and for the peer policy by which they may be handed on.
/// Plaintext: <c>venue's keys[108] ‖ epochs[32]*</c>. An old file has the same keys and fewer epochs; the host's copy brings the rest.
/// </summary>
internal sealed class KeptKeys(IEvidenceProvider provider, string folder, Bytes32 venueId, Bytes32 peerPolicy)
{
    private const string FileName = "handed-over.keys";
    private const string Purpose = "darkpool/v1/handed over keys";

    /// <summary>Seals and stores what was handed over. False if the platform keeps no key to seal it under.</summary>
    /// <exception cref="IOException">The platform failed, or the file cannot be written.</exception>
    public async Task<bool> TryWriteAsync(VenueKeys venue, byte[][] epochs, CancellationToken cancellationToken)
    {
        if (await TryOpenSealAsync(cancellationToken) is not { } seal) return false;
        using (seal)
        {
            var plaintext = GC.AllocateUninitializedArray<byte>(VenueKeys.Length + (epochs.Length * VenueKeys.KeyLength), pinned: true);
            try
            {
                venue.Encoded.CopyTo(plaintext);
                for (var i = 0; i < epochs.Length; i++) epochs[i].CopyTo(plaintext, VenueKeys.Length + (i * VenueKeys.KeyLength));
                Write(seal.Seal(Purpose, venueId.Span, plaintext));
                return true;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plaintext);
            }
        }
    }

    /// <summary>The keys kept by an earlier start; null if there are none.</summary>
    /// <exception cref="IOException">The platform failed.</exception>
    /// <exception cref="FormatException">There are some, but of another platform, venue or peer policy, or altered.</exception>
    public async Task<EnclaveKeys?> TryReadAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || await TryOpenSealAsync(cancellationToken) is not { } seal) return null;
        using (seal)
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            var plaintext = seal.TryOpen(Purpose, venueId.Span, bytes)
                ?? throw new FormatException(
                    $"{path} is of another platform, venue or peer policy, or was altered; remove it to go without.");
            try
            {
                return Read(plaintext) ?? throw new FormatException($"{path} does not hold keys.");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plaintext);
            }
        }
    }

    private static EnclaveKeys? Read(byte[] plaintext)
    {
        if (plaintext.Length < VenueKeys.Length) return null;
        using var venue = VenueKeys.TryDecode(plaintext.AsSpan(0, VenueKeys.Length));
        var rest = plaintext.Length - VenueKeys.Length;
        if (venue is null || venue.KeyEpochs > KeyEpochRing.MaxEpochs || rest != venue.KeyEpochs * VenueKeys.KeyLength) return null;
        byte[][] epochs = [.. plaintext.Skip(VenueKeys.Length).Chunk(VenueKeys.KeyLength)];
        try
        {
            return EnclaveKeys.FromPeer(venue, epochs);
        }
        finally
        {
            foreach (var epoch in epochs) CryptographicOperations.ZeroMemory(epoch);
        }
    }

    private async Task<PlatformSeal?> TryOpenSealAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new PlatformSeal(await provider.GetRootKeyAsync(EnclaveKeys.PurposeFor(Purpose, peerPolicy), cancellationToken));
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all.</summary>
    private void Write(byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{FileName}.{Path.GetRandomFileName()}");
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(folder, FileName), overwrite: true);
    }
}
