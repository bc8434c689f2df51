using System.Runtime.InteropServices;

namespace DarkPool.Enclave.Sessions;

/// <summary>
/// A cache line of nothing. The runtime lays it behind an object's other fields, so that the next object in memory begins on a line of
/// its own.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal readonly struct CacheLinePadding;
