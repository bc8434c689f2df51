using DarkPool.Protocol.Identity;

namespace DarkPool.Client.Submission;

/// <summary>The enclave has signed that an envelope is in the log, after the block was durable.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="Index">Index of the envelope in it.</param>
/// <param name="Head">Hash of the block's header: the head of the log.</param>
/// <param name="EnvelopeHash">Leaf hash of the envelope.</param>
public readonly record struct CommandReceipt(ulong Block, uint Index, Bytes32 Head, Bytes32 EnvelopeHash);
