using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Shard;

/// <summary>A block in the log, and how the log stands after it.</summary>
/// <param name="Block">Number of the block; 0 before the first.</param>
/// <param name="Time">Its time, microseconds since 1970.</param>
/// <param name="Head">Hash of its header; the genesis head before the first.</param>
internal readonly record struct LogPosition(ulong Block, long Time, Bytes32 Head);
