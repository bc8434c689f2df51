using System.Diagnostics;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Load.Seal;

/// <summary>
/// The limit: NSec's AES-256-GCM alone, on one core, over the same envelopes under the same session keys. Nonces and keys are looked up
/// ahead of time; nothing is hashed, checked or applied.
/// </summary>
internal sealed class BareAead : IDisposable
{
    private const int NonceSize = HpkeAead.NonceSize;

    private readonly List<(byte[] Block, int[] Offsets, int[] Keys, byte[] Nonces)> _work = [];
    private readonly Key[] _keys;

    public BareAead(SealedLog log, SealClients clients)
    {
        _keys = new Key[clients.Sessions.Count];
        var baseNonces = new byte[_keys.Length][];
        Span<byte> exported = stackalloc byte[SessionKeys.ExportedSize];
        for (var i = 0; i < _keys.Length; i++)
        {
            clients.Sessions[i].ExportKeys(exported);
            _keys[i] = Key.Import(AeadAlgorithm.Aes256Gcm, exported.Slice(1, HpkeAead.KeySize), KeyBlobFormat.RawSymmetricKey);
            baseNonces[i] = exported.Slice(1 + HpkeAead.KeySize, NonceSize).ToArray();
        }

        foreach (var block in log.Blocks) _work.Add(Plan(block, log.Sessions, baseNonces));
        Fastest = new long[_work.Count];
        Array.Fill(Fastest, long.MaxValue);
    }

    /// <summary>Ticks of each block in its fastest round.</summary>
    public long[] Fastest { get; }

    /// <summary>Opens every envelope once.</summary>
    /// <returns>Envelopes a second.</returns>
    public double Run()
    {
        Span<byte> plaintext = stackalloc byte[EnvelopeLimits.SmallPlaintext];
        var opened = 0L;
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < _work.Count; number++)
        {
            var (block, offsets, keys, nonces) = _work[number];
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < offsets.Length; i++)
            {
                ReadOnlySpan<byte> envelope = block.AsSpan(offsets[i], EnvelopeLimits.SmallSize);
                if (AeadAlgorithm.Aes256Gcm.Decrypt(
                    _keys[keys[i]],
                    nonces.AsSpan(i * NonceSize, NonceSize),
                    envelope[..EnvelopeHeader.Size],
                    envelope[EnvelopeHeader.Size..],
                    plaintext))
                {
                    opened++;
                }
            }

            Fastest[number] = Math.Min(Fastest[number], Stopwatch.GetTimestamp() - begun);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (opened != _work.Sum(work => (long)work.Offsets.Length)) throw new InvalidOperationException("An envelope did not open.");
        return opened / seconds;
    }

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }

    private static (byte[], int[], int[], byte[]) Plan(byte[] block, ulong[] sessions, byte[][] baseNonces)
    {
        if (BlockReader.Open(block, out var reader) != BlockFault.None) throw new InvalidOperationException("A block is malformed.");
        var count = (int)reader.Header.EntryCount;
        var (offsets, keys, nonces) = (new int[count], new int[count], new byte[count * NonceSize]);
        var (index, at) = (0, BlockHeader.Size);
        foreach (var entry in reader)
        {
            EnvelopeHeader.TryRead(entry.Data, out var header);
            offsets[index] = at + BlockLimits.EntryHeaderSize;
            keys[index] = Array.IndexOf(sessions, header.Session);
            var nonce = nonces.AsSpan(index * NonceSize, NonceSize);
            baseNonces[keys[index]].CopyTo(nonce);
            for (var i = 0; i < sizeof(ulong); i++) nonce[NonceSize - 1 - i] ^= (byte)(header.Sequence >> (8 * i));
            index++;
            at += entry.Encoded.Length;
        }

        return (block, offsets, keys, nonces);
    }
}
