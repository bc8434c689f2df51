using Xunit;
using EngineCode = DarkPool.Engine.RejectionCode;
using WireCode = DarkPool.Protocol.Reports.RejectionCode;

namespace DarkPool.Enclave.Tests.Shard;

public sealed class RejectionCodeTests
{
    /// <summary>Codes below this are the session's own: the engine never gives them.</summary>
    private const int FirstOfEngine = (int)EngineCode.UnknownMarket;

    [Fact]
    public void The_engine_and_the_wire_have_the_same_names_for_the_same_numbers() => Assert.Equal(
        Enum.GetValues<WireCode>().Where(code => (int)code >= FirstOfEngine).Select(code => ((int)code, code.ToString())),
        Enum.GetValues<EngineCode>().Where(code => (int)code >= FirstOfEngine).Select(code => ((int)code, code.ToString())));
}
