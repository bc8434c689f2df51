using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Markets;

/// <summary>Who pays whom how much in a trade.</summary>
internal abstract partial class Market
{
    private uint _makerFee;
    private uint _takerFee;
    private uint _feeCell;

    /// <summary>What an order that is placed or replaced now pays at most, in millionths.</summary>
    public uint MostFee { get; private set; }

    /// <summary>The fee of a resting order that accepted to pay at most so much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected UInt128 MakerFee(UInt128 notional, uint most) => most == 0 ? 0 : Fees.Of(notional, Math.Min(most, _makerFee));

    /// <summary>The fee of an arriving order that accepted to pay at most so much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected UInt128 TakerFee(UInt128 notional, uint most) => most == 0 ? 0 : Fees.Of(notional, Math.Min(most, _takerFee));

    /// <summary>
    /// Both legs of a trade: base from the seller to the buyer, quote from the buyer to the seller less the seller's fee, and both fees to
    /// the fee account. All of it was held before. A receive cell may be the one that another order pays with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Exchange(in Party buyer, in Party seller, UInt128 notional, UInt128 legOfBase)
    {
        var ledger = State.Ledger;
        ledger.Pay(seller.PayCell, buyer.ReceiveCell, legOfBase);
        ledger.Pay(buyer.PayCell, seller.ReceiveCell, notional - seller.Fee);
        var fees = buyer.Fee + seller.Fee;
        if (fees != 0) ledger.Pay(buyer.PayCell, _feeCell, fees);
    }

    private void Adopt(MarketParameters parameters)
    {
        (_makerFee, _takerFee) = (parameters.Fees.MakerMillionths, parameters.Fees.TakerMillionths);
        MostFee = Math.Max(_makerFee, _takerFee);
        if (MostFee == 0) return;
        Span<byte> key = stackalloc byte[Digest.Size];
        parameters.Fees.Account.CopyTo(key);
        if (!State.Accounts.TryFind(key, out var account)) throw new InvalidOperationException("The fee account was to be opened before.");
        _feeCell = State.Ledger.FindOrOpen(account, Terms.QuoteAsset);
    }

    /// <summary>One side of a trade: its cells, and its fee in base units of the quote asset.</summary>
    protected readonly record struct Party(uint PayCell, uint ReceiveCell, UInt128 Fee);
}
