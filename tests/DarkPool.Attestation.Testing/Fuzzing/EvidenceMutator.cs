using System.Buffers.Binary;
using System.Text;

namespace DarkPool.Attestation.Testing.Fuzzing;

/// <summary>
/// Makes hostile evidence from genuine samples: bits, bytes, lengths and cuts at any place; and, knowing the structures, swapped
/// certificates, swapped fields, spliced samples, changed lengths of DER and of quotes, changed numbers and members of JSON.
/// Everything follows from the seed.
/// </summary>
internal sealed class EvidenceMutator(int seed)
{
    private const int MaxMutations = 4;
    private const int Kinds = 13;
    private const int FirstStructured = 8;

    private static readonly byte[] Interesting = [0x00, 0x01, 0x02, 0x03, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xff];

    /// <summary>Sequence, set, integer, bit string, octet string, object identifier.</summary>
    private static readonly byte[] DerTags = [0x30, 0x31, 0x02, 0x03, 0x04, 0x06];

    private readonly Random _random = new(seed);
    private bool _structured;

    /// <summary>Mutants so far in which a structure was changed as such: splices, exchanged fields, lengths of DER, JSON members.</summary>
    public long Structured { get; private set; }

    /// <summary>A mutant of a sample, perhaps with parts of the others; never the sample itself.</summary>
    public byte[] Mutate(byte[] sample, IReadOnlyList<byte[]> others)
    {
        while (true)
        {
            var mutant = sample;
            _structured = false;
            for (var count = _random.Next(1, MaxMutations + 1); count > 0; count--) mutant = MutateOnce(mutant, others);
            if (mutant.AsSpan().SequenceEqual(sample)) continue;
            if (_structured) Structured++;
            return mutant;
        }
    }

    private byte[] MutateOnce(byte[] bytes, IReadOnlyList<byte[]> others)
    {
        if (bytes.Length == 0) return [(byte)_random.Next(256)];
        var kind = _random.Next(Kinds);
        _structured |= kind >= FirstStructured;
        return kind switch
        {
            0 => Changed(bytes, copy => copy[_random.Next(copy.Length)] ^= (byte)(1 << _random.Next(8))),
            1 => Changed(bytes, copy => copy[_random.Next(copy.Length)] = Interesting[_random.Next(Interesting.Length)]),
            2 => Changed(bytes, copy => BinaryPrimitives.WriteUInt32LittleEndian(Four(copy), (uint)_random.NextInt64(uint.MaxValue))),
            3 => Changed(bytes, copy => BinaryPrimitives.WriteUInt32LittleEndian(Four(copy), uint.MaxValue >> _random.Next(32))),
            4 => bytes[.._random.Next(bytes.Length)],
            5 => [.. bytes, .. Garbage(_random.Next(1, 64))],
            6 => Removed(bytes),
            7 => Repeated(bytes),
            FirstStructured when others.Count > 0 => Spliced(bytes, others[_random.Next(others.Count)]),
            9 => SwappedBlocks(bytes),
            10 => DerLength(bytes),
            11 => Digits(bytes),
            _ => Lines(bytes),
        };
    }

    private static byte[] Changed(byte[] bytes, Action<byte[]> change)
    {
        var copy = (byte[])bytes.Clone();
        change(copy);
        return copy;
    }

    private Span<byte> Four(byte[] bytes)
    {
        if (bytes.Length < 4) return new byte[4];
        return bytes.AsSpan(_random.Next(bytes.Length - 3), 4);
    }

    private byte[] Garbage(int length)
    {
        var garbage = new byte[length];
        _random.NextBytes(garbage);
        return garbage;
    }

    private byte[] Removed(byte[] bytes)
    {
        var start = _random.Next(bytes.Length);
        var length = _random.Next(1, Math.Min(64, bytes.Length - start) + 1);
        return [.. bytes[..start], .. bytes[(start + length)..]];
    }

    private byte[] Repeated(byte[] bytes)
    {
        var start = _random.Next(bytes.Length);
        var block = bytes[start..Math.Min(bytes.Length, start + _random.Next(1, 256))];
        return [.. bytes[..start], .. block, .. bytes[start..]];
    }

    private byte[] Spliced(byte[] bytes, byte[] other)
    {
        var cut = _random.Next(Math.Min(bytes.Length, other.Length));
        return [.. bytes[..cut], .. other[cut..]];
    }

    /// <summary>Exchanges two blocks of the sizes that these formats are made of.</summary>
    private byte[] SwappedBlocks(byte[] bytes)
    {
        ReadOnlySpan<int> sizes = [4, 16, 32, 48, 64, 384];
        var size = sizes[_random.Next(sizes.Length)];
        if (bytes.Length < 2 * size) return bytes;
        return Changed(bytes, copy =>
        {
            var (left, right) = (_random.Next(copy.Length - size), _random.Next(copy.Length - size));
            var held = copy.AsSpan(left, size).ToArray();
            bytes.AsSpan(right, size).CopyTo(copy.AsSpan(left));
            held.CopyTo(copy, right);
        });
    }

    /// <summary>Changes the length after a tag of DER.</summary>
    private byte[] DerLength(byte[] bytes) => Changed(bytes, copy =>
    {
        var start = _random.Next(copy.Length);
        var tag = copy.AsSpan(start).IndexOfAny(DerTags);
        if (tag < 0 || start + tag + 1 >= copy.Length) return;
        copy[start + tag + 1] = Interesting[_random.Next(Interesting.Length)];
    });

    /// <summary>Changes a digit: numbers and hex of JSON, base64 of certificates.</summary>
    private byte[] Digits(byte[] bytes) => Changed(bytes, copy =>
    {
        var start = _random.Next(copy.Length);
        var digit = copy.AsSpan(start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0) copy[start + digit] = (byte)('0' + _random.Next(10));
    });

    /// <summary>Drops, repeats or exchanges certificates, members or lines: whatever stands between two separators.</summary>
    private byte[] Lines(byte[] bytes)
    {
        var separator = new[] { "-----BEGIN CERTIFICATE-----", "\n", ",", "\":", "}" }[_random.Next(5)];
        var parts = Encoding.Latin1.GetString(bytes).Split(separator).ToList();
        if (parts.Count < 3) return bytes;
        var (left, right) = (_random.Next(1, parts.Count), _random.Next(1, parts.Count));
        switch (_random.Next(3))
        {
            case 0:
                parts.RemoveAt(left);
                break;
            case 1:
                parts.Insert(left, parts[right]);
                break;
            default:
                (parts[left], parts[right]) = (parts[right], parts[left]);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join(separator, parts));
    }
}
