using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using DarkPool.Attestation.Testing.Agents;
using Xunit;

namespace DarkPool.Attestation.Tests.Dstack;

/// <summary>Phala's own client accepts the server that stands for the guest agent here, so the provider meets the real shape.</summary>
public sealed class PhalaClientTests
{
    [Fact]
    public async Task The_agent_of_these_tests_satisfies_phalas_own_client()
    {
        var appKey = SHA256.HashData("application key"u8);
        var quote = new byte[700];
        await using var agent = new DstackAgentServer(
            appKey, SHA256.HashData("key management service"u8), new byte[20], data => ([.. quote, .. data], "[]"));

        var script = Path.Combine(AppContext.BaseDirectory, "phala-client", "exercise.mjs");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(agent.SocketPath);
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await error);

        using var json = JsonDocument.Parse(await output);
        var answer = json.RootElement;
        var key = Convert.ToHexStringLower(DstackAgentServer.DeriveKey(appKey, "my/key/path"));
        Assert.Equal(key, answer.GetProperty("key").GetString());
        Assert.Equal(key, answer.GetProperty("ed25519Key").GetString());
        Assert.Equal(2, answer.GetProperty("signatures").GetInt32());
        Assert.Equal(Convert.ToHexStringLower([.. quote, 0x12, 0x34, .. new byte[62]]), answer.GetProperty("quote").GetString());
        Assert.Equal(new string('0', 40), answer.GetProperty("appId").GetString());

        // The client asks for the version before a key of any kind but secp256k1.
        Assert.Equal(
            ["POST /GetKey", "POST /Version", "POST /GetKey", "POST /GetQuote", "POST /Info"],
            agent.Requests.SkipWhile(request => request == "POST /Info"));
    }
}
