using System.Diagnostics;
using System.Text.Json;
using DarkPool.Local.Files;
using DarkPool.Local.Tools;
using Xunit;

namespace DarkPool.Chain.Tests.Settlement;

/// <summary>Runs viem/reference.mjs: another implementation of what is computed here.</summary>
internal static class ViemReference
{
    public static async Task<JsonElement> RunAsync(object input)
    {
        using var folder = TemporaryFolder.Create("viem");
        var file = folder.Sub("input.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(input));
        var script = Path.Combine(AppContext.BaseDirectory, "viem", "reference.mjs");
        var info = new ProcessStartInfo("node", [script, Toolchain.Folder, file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(info)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, errors);
        return JsonSerializer.Deserialize<JsonElement>(await output);
    }
}
