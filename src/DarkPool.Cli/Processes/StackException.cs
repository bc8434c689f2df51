namespace DarkPool.Cli.Processes;

/// <summary>The local stack cannot do what was asked; the message tells the user what to change.</summary>
internal sealed class StackException(string message) : Exception(message);
