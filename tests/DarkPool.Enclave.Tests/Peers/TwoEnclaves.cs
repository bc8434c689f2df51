using System.Net.Sockets;
using DarkPool.Attestation.Policies;
using DarkPool.Enclave.Peers;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Tests.Peers;

/// <summary>
/// An enclave that serves a small venue and listens for peers, and a second machine that has nothing of the first one's but its address.
/// </summary>
internal sealed class TwoEnclaves : IAsyncDisposable
{
    private readonly TestPlatform _first = new();
    private int _policies;

    private TwoEnclaves(AttestationPolicy policy)
    {
        Address = _first.NewEndpoint();
        Venue = TestVenue.Listed(_first, keys: _first.Keys(new Bytes32(policy.Hash.Span)));
        using var seller = Venue.JoinFunded(21);
        using var buyer = Venue.JoinFunded(22);
        Venue.Run(seller.Place(1, Side.Sell, 100, 30), buyer.Place(9, Side.Buy, 101, 50));
        SealedKeys = Venue.Keys.Epochs.Seal(Venue.Keys.Seal, TestGenesis.Genesis.VenueId);
    }

    /// <summary>What the log should give.</summary>
    public TestVenue Venue { get; }

    /// <summary>The host's copy of the key epochs.</summary>
    public byte[] SealedKeys { get; }

    /// <summary>Where the first enclave listens for peers.</summary>
    public LinkEndpoint Address { get; }

    public EnclaveChild Giver { get; private set; } = null!;

    public EnclaveLink Host { get; private set; } = null!;

    public TestPlatform Second { get; } = new();

    /// <summary>Starts the first enclave and restores its keys.</summary>
    public static async Task<TwoEnclaves> StartAsync(AttestationPolicy policy)
    {
        var two = new TwoEnclaves(policy);
        two.Giver = two.RestartGiver(policy);
        two.Host = await two.Giver.ConnectAsync();
        await two.Host.RestoreAsync(default, two.SealedKeys);
        return two;
    }

    /// <summary>Starts the first enclave, on its platform; the caller disposes it.</summary>
    public EnclaveChild RestartGiver(AttestationPolicy policy) => EnclaveChild.Start(
        _first, "--replay-only", "--peer-policy", Save(policy), "--peer-listen", Address.Text);

    /// <summary>Starts the second enclave; the caller disposes it.</summary>
    public EnclaveChild Join(AttestationPolicy policy, LinkEndpoint? address = null) => EnclaveChild.Start(
        Second, "--replay-only", "--peer-policy", Save(policy), "--join", (address ?? Address).Text);

    /// <summary>A connection to the first enclave as a peer makes it.</summary>
    public async Task<PeerConnection> ConnectAsync() => new(await Address.ConnectAsync());

    /// <summary>The end of the first enclave: all that it said.</summary>
    public async Task<string> StopGiverAsync()
    {
        Giver.Terminate();
        return (await Giver.EndAsync()).Errors;
    }

    /// <summary>Listens where the second enclave believes the first to be.</summary>
    public (Socket Listener, LinkEndpoint Address) Impersonate()
    {
        var address = Second.NewEndpoint();
        return (address.Listen(), address);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Giver.DisposeAsync();
        Venue.Dispose();
        _first.Dispose();
        Second.Dispose();
    }

    private string Save(AttestationPolicy policy)
    {
        var path = Path.Combine(Second.Folder, $"policy-{_policies++}.json");
        File.WriteAllText(path, policy.ToString());
        return path;
    }
}
