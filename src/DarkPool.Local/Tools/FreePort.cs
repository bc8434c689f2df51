using System.Net;
using System.Net.Sockets;

namespace DarkPool.Local.Tools;

/// <summary>Free TCP ports of the loopback interface.</summary>
public static class FreePort
{
    /// <summary>
    /// A port that was free a moment ago. Another process may take it before it is used: where the program can bind port 0 itself, let it.
    /// </summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
