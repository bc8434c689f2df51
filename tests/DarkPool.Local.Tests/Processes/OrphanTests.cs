using System.Globalization;
using DarkPool.Chain.Rpc;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;
using DarkPool.Local.Tools;
using Xunit;

namespace DarkPool.Local.Tests.Processes;

/// <summary>Whatever ends a parent, its children end too, and its data can be used again at once.</summary>
public sealed class OrphanTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("dark pool");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task No_child_outlives_a_parent_that_gets(string signal)
    {
        var (parent, children, _) = await StartParentAsync();
        await using var owned = parent;
        Assert.All(children, child => Assert.True(IsAlive(child)));
        await RunAsync("kill", "-s", signal, parent.Id.ToString(CultureInfo.InvariantCulture));
        await parent.Exited.WaitAsync(Patience);
        await Eventually.TrueAsync(() => !children.Any(IsAlive), Patience);
    }

    [Fact]
    public async Task A_parent_killed_and_started_again_finds_its_data()
    {
        string block;
        {
            var (parent, _, chain) = await StartParentAsync();
            await using var owned = parent;
            using var rpc = new JsonRpcClient(chain);
            await rpc.CallAsync("anvil_mine", ["0x9"]);
            block = (await rpc.CallAsync("eth_getBlockByNumber", ["latest", false])).GetProperty("hash").GetString()!;
            parent.Kill();
            await parent.Exited;
        }

        {
            var (parent, _, chain) = await StartParentAsync();
            await using var owned = parent;
            using var rpc = new JsonRpcClient(chain);
            Assert.Equal(block, (await rpc.CallAsync("eth_getBlockByNumber", ["latest", false])).GetProperty("hash").GetString());
        }
    }

    [Fact]
    public async Task Programs_and_data_may_lie_where_only_root_can_enter()
    {
        // The temporary folder is closed to others; as root, the server runs as somebody else all the same.
        await RunAsync("cp", "-a", Toolchain.Folder, _folder.FullPath);
        var (parent, children, _) = await StartParentAsync(tools: _folder.Sub(Path.GetFileName(Toolchain.Folder)));
        await using var owned = parent;
        Assert.All(children, child => Assert.True(IsAlive(child)));
    }

    [Fact]
    public async Task A_user_who_is_not_root_needs_no_other_account()
    {
        if (!UnixCalls.IsRoot) return; // Then every other test here shows it.
        UnixCalls.ChangeOwner(_folder.FullPath, ServerAccount.Nobody, ServerAccount.Nobody);
        var nobody = new ServerAccount(ServerAccount.Nobody, ServerAccount.Nobody, MayPassFolders: false);
        var (parent, children, _) = await StartParentAsync(nobody);
        await using var owned = parent;
        Assert.All(children, child => Assert.True(IsAlive(child)));
    }

    private static bool IsAlive(int process)
    {
        // A zombie whose new parent has not collected it yet is dead.
        var status = $"/proc/{process}/stat";
        try
        {
            return File.ReadAllText(status).Split(") ")[^1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<(ChildProcess Parent, int[] Children, Uri Chain)> StartParentAsync(
        ServerAccount? account = null, string? tools = null)
    {
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = ChildProcess.Start(new ChildProcessOptions
        {
            Name = "parent",
            FileName = "dotnet",
            Arguments = [typeof(Program).Assembly.Location, _folder.FullPath],
            Environment = new Dictionary<string, string?>
            {
                ["HOME"] = _folder.FullPath,
                ["TMPDIR"] = _folder.FullPath,
                [Toolchain.FolderVariable] = tools ?? Toolchain.Folder,
            },
            Account = account,
            OnLine = line =>
            {
                if (line.StartsWith(Program.ReadyPrefix, StringComparison.Ordinal)) ready.TrySetResult(line[Program.ReadyPrefix.Length..]);
            },
        });
        await Task.WhenAny(ready.Task, parent.Exited).WaitAsync(Patience);
        if (!ready.Task.IsCompleted) throw parent.Failure("did not start");
        var words = (await ready.Task).Split(' ');
        return (parent, [.. words[..3].Select(w => int.Parse(w, CultureInfo.InvariantCulture))], new Uri(words[3]));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        await using var child = ChildProcess.Start(new ChildProcessOptions { Name = program, FileName = program, Arguments = arguments });
        Assert.Equal(0, await child.Exited);
    }
}
