using DarkPool.Protocol.Reports;

namespace DarkPool.Client.Sessions;

/// <summary>Takes a report.</summary>
/// <param name="header">Its header.</param>
/// <param name="body">Its body, valid during the call; read it with the type that <see cref="ReportHeader.Type"/> names.</param>
public delegate void ReportHandler(in ReportHeader header, ReadOnlySpan<byte> body);
