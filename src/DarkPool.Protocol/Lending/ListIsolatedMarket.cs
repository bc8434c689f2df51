using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Governance: an isolated market opens.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="LoanAsset">Number of the asset that is lent.</param>
/// <param name="CollateralAsset">Number of the asset that secures it.</param>
/// <param name="LoanFeed">Feed of the loan asset; 0 if there is none.</param>
/// <param name="CollateralFeed">Feed of the collateral.</param>
/// <param name="LoanDecimals">Decimals of the loan asset.</param>
/// <param name="CollateralDecimals">Decimals of the collateral.</param>
/// <param name="QuotesInLoanAsset">The collateral's feed quotes in the loan asset: there is no loan feed.</param>
/// <param name="Lltv">Loan to value at which positions are liquidated, wad.</param>
/// <param name="FeeRecipient">Account that receives the fee's shares.</param>
public readonly record struct ListIsolatedMarket(
    uint Market, uint LoanAsset, uint CollateralAsset, uint LoanFeed, uint CollateralFeed, byte LoanDecimals,
    byte CollateralDecimals, bool QuotesInLoanAsset, UInt128 Lltv, Bytes32 FeeRecipient)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 72;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListIsolatedMarket change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        var loanAsset = reader.UInt32();
        var collateralAsset = reader.UInt32();
        var loanFeed = reader.UInt32();
        var collateralFeed = reader.UInt32();
        var loanDecimals = reader.Byte();
        var collateralDecimals = reader.Byte();
        var quotesInLoanAsset = reader.Flag();
        reader.Zeros(1);
        var lltv = reader.UInt128();
        var feeRecipient = reader.Bytes32();
        change = new ListIsolatedMarket(
            market, loanAsset, collateralAsset, loanFeed, collateralFeed, loanDecimals, collateralDecimals, quotesInLoanAsset, lltv,
            feeRecipient);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Market);
        writer.UInt32(LoanAsset);
        writer.UInt32(CollateralAsset);
        writer.UInt32(LoanFeed);
        writer.UInt32(CollateralFeed);
        writer.Byte(LoanDecimals);
        writer.Byte(CollateralDecimals);
        writer.Flag(QuotesInLoanAsset);
        writer.Zeros(1);
        writer.UInt128(Lltv);
        writer.Bytes32(FeeRecipient);
        return body;
    }
}
