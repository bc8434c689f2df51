namespace DarkPool.Client.Submission;

/// <summary>A place in the log.</summary>
/// <param name="Block">Number of the block.</param>
/// <param name="Index">Index of the entry in it.</param>
public readonly record struct LogPlace(ulong Block, uint Index);
