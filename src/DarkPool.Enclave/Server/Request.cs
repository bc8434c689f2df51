using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Server;

/// <summary>One request for the executor.</summary>
/// <param name="Frame">What the host sent.</param>
/// <param name="Block">The block of an Execute, in preparation; else null.</param>
/// <param name="Replay">Whether the block is in the log already.</param>
/// <param name="Done">Set when it is carried out, if the reader waits for that.</param>
internal readonly record struct Request(LinkFrame Frame, PreparedBlock? Block, bool Replay, TaskCompletionSource? Done);
