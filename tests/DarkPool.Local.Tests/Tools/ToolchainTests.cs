using System.Net;
using System.Net.Sockets;
using DarkPool.Local.Tools;
using Xunit;

namespace DarkPool.Local.Tests.Tools;

public class ToolchainTests
{
    [Fact]
    public void The_programs_of_the_local_stack_are_installed()
    {
        Assert.True(File.Exists(Path.Combine(Toolchain.Postgres, "bin", "postgres")));
        Assert.True(File.Exists(Toolchain.Anvil));
    }

    [Fact]
    public void A_free_port_can_be_bound()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Next()));
        Assert.True(socket.IsBound);
    }
}
