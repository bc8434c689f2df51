using DarkPool.Load.OrderFlow;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using NSec.Cryptography;

namespace DarkPool.Load.Seal;

/// <summary>The clients of the measurement: an order belongs to the client that its id falls to, and so does its cancel.</summary>
internal sealed class SealClients : IDisposable
{
    private readonly ClientSession[] _sessions;
    private readonly byte[] _body = new byte[PlaceOrder.Size];

    public SealClients(SealVenue venue, int count)
    {
        _sessions = new ClientSession[count];
        Accounts = new AccountKey[count];
        for (var i = 0; i < count; i++)
        {
            using var account = Key.Create(SignatureAlgorithm.Ed25519);
            Accounts[i] = new AccountKey(new Bytes32(account.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
            if (!ClientSession.TryStart(
                account,
                HpkeSuite.Aes256Gcm,
                RateClass.Fast,
                venue.Keys.Epochs.Newest,
                venue.Keys.Epochs.NewestPublicKey,
                venue.Genesis.VenueId,
                out var session))
            {
                throw new InvalidOperationException("The enclave's key is not usable.");
            }

            _sessions[i] = session;
        }
    }

    public AccountKey[] Accounts { get; }

    public IReadOnlyList<ClientSession> Sessions => _sessions;

    /// <summary>What each client acknowledges in its next commands.</summary>
    public ulong[] Acks => _acks ??= new ulong[_sessions.Length];

    private ulong[]? _acks;

    /// <summary>Seals one command of the flow for the client that it belongs to.</summary>
    public void Seal(in BookCommand command, ulong idOffset, Span<byte> envelope)
    {
        var id = command.Id + idOffset;
        var client = (int)(id * 0x9E37_79B9_7F4A_7C15 >> 32) % _sessions.Length;
        client = client < 0 ? client + _sessions.Length : client;
        switch (command.Action)
        {
            case BookAction.Cancel:
                new CancelOrder(id).Write(_body);
                Seal(client, CommandType.CancelOrder, CancelOrder.Size, envelope);
                break;
            case BookAction.Replace:
                new ReplaceOrder(id, command.Price, command.Lots).Write(_body);
                Seal(client, CommandType.ReplaceOrder, ReplaceOrder.Size, envelope);
                break;
            default:
                var timeInForce = command.Action == BookAction.Rest ? TimeInForce.GoodTillCancelled : TimeInForce.ImmediateOrCancel;
                new PlaceOrder(
                    id, SealVenue.Market, (Side)command.Side, OrderType.Limit, timeInForce, command.Price, command.Lots, Expiry: 0).Write(
                        _body);
                Seal(client, CommandType.PlaceOrder, PlaceOrder.Size, envelope);
                break;
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }

    private void Seal(int client, CommandType type, int bodySize, Span<byte> envelope) =>
        _sessions[client].SealCommand(type, _body.AsSpan(0, bodySize), Acks[client], envelope[..EnvelopeLimits.SmallSize]);
}
