using DarkPool.Enclave.Sessions;
using DarkPool.Engine.Lending;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Lending;

namespace DarkPool.Enclave.Shard;

/// <summary>Carries out commands about loans. Hot: nothing here allocates.</summary>
internal sealed partial class CommandDesk
{
    /// <summary>Nobody has that index: the engine names it an unknown counterparty.</summary>
    private const uint Nobody = uint.MaxValue;

    /// <summary>False if the body does not have the form of its type.</summary>
    private bool TryLend(Session session, CommandType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case >= CommandType.PoolSupply and <= CommandType.PoolMintToTreasury:
                if (!PoolOperation.TryRead(body, out var pool)) return false;
                _venue.Lend(session.Account, CommandOf(type, pool), ref _sink);
                return true;
            case >= CommandType.IsolatedSupply and <= CommandType.IsolatedRepay:
                if (!IsolatedOperation.TryRead(body, out var isolated)) return false;
                _venue.Lend(session.Account, CommandOf(type, isolated), ref _sink);
                return true;
            case CommandType.QueryPool or CommandType.QueryIsolated:
                if (!LendingQuery.TryRead(body, out var query)) return false;
                return Answer(session, type, type == CommandType.QueryPool
                    ? _venue.QueryPool(session.Account, query.Number, ref _sink)
                    : _venue.QueryIsolated(session.Account, query.Number, ref _sink));
            case CommandType.PoolWhatIf:
                if (!PoolWhatIf.TryRead(body, out var change)) return false;
                return Answer(session, type, _venue.WhatIf(
                    session.Account, CommandOf(change.Operation, change.Change), change.Price, ref _sink));
            case CommandType.IsolatedWhatIf:
                if (!IsolatedWhatIf.TryRead(body, out var other)) return false;
                var price = new Engine.Arithmetic.UInt256(other.Price.High, other.Price.Low);
                return Answer(session, type, _venue.WhatIf(session.Account, CommandOf(other.Operation, other.Change), price, ref _sink));
            default:
                return TryLiquidate(session, type, body);
        }
    }

    private PoolCommand CommandOf(CommandType type, in PoolOperation operation) => new()
    {
        Operation = (LendingOperation)type,
        Pool = operation.Pool,
        Asset = operation.Asset,
        Amount = operation.Amount,
        Other = AccountOf(operation.Other),
        Argument = operation.Argument,
    };

    private IsolatedCommand CommandOf(CommandType type, in IsolatedOperation operation) => new()
    {
        Operation = (LendingOperation)type,
        Market = operation.Market,
        Assets = operation.Assets,
        Shares = operation.Shares,
        Other = AccountOf(operation.Other),
    };

    private uint? AccountOf(in Bytes32 key)
    {
        if (key == default) return null;
        return _venue.TryFindAccount(key.Span, out var account) ? account : Nobody;
    }

    // A refusal was told already, and is the one direct answer.
    private bool Answer(Session session, CommandType type, Engine.RejectionCode code) =>
        code != Engine.RejectionCode.None || Done(session, type);
}
