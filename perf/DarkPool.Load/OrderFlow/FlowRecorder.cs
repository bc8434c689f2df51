using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>Writes down commands while it plays them to a book, so that who makes a flow knows what rests.</summary>
internal sealed class FlowRecorder
{
    private readonly ContinuousBook _book = new();
    private readonly List<BookCommand> _commands = [];
    private LiveOrders _live = new();

    /// <summary>Commands so far.</summary>
    public int Count => _commands.Count;

    /// <summary>Orders that rest.</summary>
    public int Resting => _live.Count;

    /// <summary>Most orders that rested at once.</summary>
    public int PeakResting { get; private set; }

    /// <summary>The id of a resting order, by any number.</summary>
    public ulong RestingId(int any) => _live[any % _live.Count];

    /// <summary>Plays and writes down one command.</summary>
    public void Add(in BookCommand command)
    {
        command.ApplyTo(_book, ref _live);
        _commands.Add(command);
        PeakResting = Math.Max(PeakResting, _live.Count);
    }

    /// <summary>Cancels all that rests and gives the flow.</summary>
    public OrderFlowSet Finish(string name, int rounds)
    {
        foreach (var id in _live.Ids.ToList()) Add(new BookCommand(id, 0, 0, BookAction.Cancel, Side.Buy));
        return new OrderFlowSet(name, [.. _commands], rounds, PeakResting, _live.Events);
    }
}
