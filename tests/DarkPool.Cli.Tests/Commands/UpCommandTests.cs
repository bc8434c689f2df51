using DarkPool.Attestation.Testing;
using DarkPool.Cli.Commands;

namespace DarkPool.Cli.Tests.Commands;

public sealed class UpCommandTests
{
    [Fact]
    public async Task A_platform_that_sends_no_transactions_is_refused_as_publisher_before_anything_starts()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        (int code, _) = await CommandInProcess.RunAsync("up", "--data", data, "--publisher", "enclave");
        Assert.Equal(ExitCode.Failure, code);
        Assert.False(Directory.Exists(data));
    }
}
