namespace DarkPool.Cli.OrderFlow;

/// <summary>A line of an order flow file does not have the format's form.</summary>
internal sealed class OrderFlowException(string format, long line, string problem)
    : FormatException($"{format} line {line}: {problem}")
{
    public long Line { get; } = line;
}
