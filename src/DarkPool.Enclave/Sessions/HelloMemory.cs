using System.Runtime.InteropServices;

namespace DarkPool.Enclave.Sessions;

/// <summary>
/// The hellos that have opened a session, by half of their ephemeral key. A host that sends a hello again would open a session which its
/// client does not know, and reports would go there; so a hello opens once. The oldest are forgotten.
/// </summary>
internal sealed class HelloMemory
{
    /// <summary>Sixteen times the session table, one MiB: far beyond the sessions that a replayed hello could be confused with.</summary>
    public const int Capacity = 65_536;

    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();

    public int Count => _order.Count;

    /// <summary>The encapsulated key of a hello, by which it is known.</summary>
    public static UInt128 NameOf(ReadOnlySpan<byte> encapsulation) => MemoryMarshal.Read<UInt128>(encapsulation);

    /// <summary>False if the hello was there before.</summary>
    public bool TryAdd(UInt128 name)
    {
        if (!_known.Add(name)) return false;
        if (_order.Count == Capacity) _known.Remove(_order.Dequeue());
        _order.Enqueue(name);
        return true;
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<UInt128> InOrder() => _order;
}
