using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

public class LinkEndpointTests
{
    [Theory]
    [InlineData("unix:/run/darkpool/enclave.sock")]
    [InlineData("unix:/path with spaces/e.sock")]
    [InlineData("tcp:127.0.0.1:4100")]
    [InlineData("tcp:[::1]:4100")]
    [InlineData("tcp:localhost:1")]
    [InlineData("tcp:enclave:4100")]
    public void An_endpoint_reads_back_as_written(string text) => Assert.Equal(text, LinkEndpoint.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("tcp:")]
    [InlineData("tcp:4100")]
    [InlineData("tcp:host:")]
    [InlineData("tcp:host:65536")]
    [InlineData("tcp:host:-1")]
    [InlineData("http://host")]
    public void Anything_else_is_refused_by_name(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => LinkEndpoint.Parse(text)).Message, StringComparison.Ordinal);
}
