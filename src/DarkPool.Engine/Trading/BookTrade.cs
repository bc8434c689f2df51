namespace DarkPool.Engine.Trading;

/// <summary>One trade of a book, at the maker's price.</summary>
/// <param name="MakerId">The order that rested.</param>
/// <param name="TakerId">The order that arrived.</param>
/// <param name="TakerSide">The side of the order that arrived.</param>
/// <param name="Price">The maker's price, in ticks.</param>
/// <param name="Quantity">Lots traded; at least one.</param>
/// <param name="MakerRemaining">Lots of the maker still open; zero ends it.</param>
/// <param name="TakerRemaining">Lots of the taker still wanted.</param>
public readonly record struct BookTrade(
    ulong MakerId,
    ulong TakerId,
    Side TakerSide,
    Price Price,
    Quantity Quantity,
    Quantity MakerRemaining,
    Quantity TakerRemaining);
