using DarkPool.Engine.Lending.Aave;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Engine.Tests.Lending;

[Trait("Category", "Vectors")]
public sealed class AaveTraceTests(ITestOutputHelper output)
{
    [Fact]
    public void A_market_of_v37_is_reproduced_to_the_wei() => Replay("aave_trace_v37", PoolProfile.V37);

    [Fact]
    public void A_market_of_v36_is_reproduced_to_the_wei() => Replay("aave_trace_v36", PoolProfile.V36);

    private void Replay(string family, PoolProfile profile) =>
        LendingVectors.CheckTraces(family, output, meta => new AaveTrace(meta, profile).Play);
}
