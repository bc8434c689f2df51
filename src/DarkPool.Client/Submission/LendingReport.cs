using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Submission;

/// <summary>A report that belongs to the answer to a question about loans.</summary>
/// <param name="Type">PoolPosition, PoolHolding or IsolatedPosition.</param>
/// <param name="Body">Its body.</param>
internal readonly record struct LendingReport(ReportType Type, byte[] Body);
