using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Log;

/// <summary>A place in the log that the enclave has signed.</summary>
/// <param name="Block">Number of the block, from 1.</param>
/// <param name="Head">Hash of its header.</param>
public readonly record struct LogPosition(ulong Block, Bytes32 Head);
