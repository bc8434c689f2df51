using System.Diagnostics.CodeAnalysis;
using DarkPool.Client.Submission;

namespace DarkPool.Client.Sessions;

/// <summary>The commands of a session that have no answer yet, by sequence.</summary>
internal sealed class PendingCommands
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, SubmittedCommand> _commands = [];
    private Exception? _fault;

    public void Add(SubmittedCommand command)
    {
        Exception? fault;
        lock (_lock)
        {
            fault = _fault;
            if (fault is null)
                _commands.Add(command.Sequence, command);
        }
        if (fault is not null)
            command.Fail(fault);
    }

    public bool TryGet(ulong sequence, [NotNullWhen(true)] out SubmittedCommand? command)
    {
        lock (_lock)
            return _commands.TryGetValue(sequence, out command);
    }

    /// <summary>Takes the command that is answered; false if it was answered before.</summary>
    public bool TryTake(ulong sequence, [NotNullWhen(true)] out SubmittedCommand? command)
    {
        lock (_lock)
            return _commands.Remove(sequence, out command);
    }

    /// <summary>Fails all that wait, and all that come.</summary>
    public void Fail(Exception fault)
    {
        SubmittedCommand[] waiting;
        lock (_lock)
        {
            _fault ??= fault;
            waiting = [.. _commands.Values];
            _commands.Clear();
        }
        foreach (SubmittedCommand command in waiting)
            command.Fail(fault);
    }
}
