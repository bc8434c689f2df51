using DarkPool.Engine.Lending.Aave;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending;

[Trait("Category", "Vectors")]
public sealed class RecordedMarketTests(ITestOutputHelper output)
{
    [Fact]
    public void A_market_of_v37_is_reproduced_to_the_wei() => Replay("aave_trace_v37", PoolProfile.V37);

    [Fact]
    public void A_market_of_v36_is_reproduced_to_the_wei() => Replay("aave_trace_v36", PoolProfile.V36);

    [Fact]
    public void Markets_of_Morpho_Blue_are_reproduced_to_the_wei() =>
        LendingVectors.CheckTraces("morpho_trace", output, _ => new MorphoTrace().Play);

    private void Replay(string family, PoolProfile profile) =>
        LendingVectors.CheckTraces(family, output, meta => new AaveTrace(meta, profile).Play);
}
