using System.Net;
using System.Net.Sockets;
using DarkPool.Cli.Processes;
using DarkPool.Local.Tools;

namespace DarkPool.Cli.Stack;

/// <summary>Chooses the port on which the venue's host listens.</summary>
internal static class HostPort
{
    /// <summary>The port where none is asked for.</summary>
    public const int Standard = 8787;

    /// <exception cref="StackException">The port asked for is taken.</exception>
    public static int Choose(int? asked)
    {
        if (asked == 0)
            return FreePort.Next();
        if (IsFree(asked ?? Standard))
            return asked ?? Standard;
        return asked is null
            ? FreePort.Next()
            : throw new StackException(
                $"Port {asked} of 127.0.0.1 is in use by another process; choose another one, or --port 0 for any free one.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As the web server does: without it a connection that just ended on the port would count as a listener.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
