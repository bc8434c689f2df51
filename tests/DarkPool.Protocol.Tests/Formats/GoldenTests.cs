using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Protocol.Tests.Formats;

/// <summary>
/// Formats and numbers on the wire are append-only: formats.golden holds them. A line may be added to it; a line that changes is a new
/// version of the protocol, and the old one is still read. A failure leaves formats.actual beside the copy it read.
/// </summary>
public sealed class GoldenTests
{
    private static readonly Type[] WireEnums =
    [
        typeof(CommandType), typeof(Side), typeof(OrderType), typeof(TimeInForce), typeof(OrderFlags), typeof(SelfTradePrevention),
        typeof(ReportType), typeof(RejectionCode), typeof(CancelReason), typeof(Liquidity), typeof(RateClass),
        typeof(EnvelopeKind), typeof(SizeClass), typeof(HpkeSuite), typeof(EntryKind), typeof(GovernanceType), typeof(MatchingRule),
        typeof(AuctionAllocation), typeof(PoolVersion), typeof(LoanKind),
    ];

    [Fact]
    public void Formats_and_numbers_are_those_of_the_golden_file()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Formats", "formats.golden");
        var golden = File.ReadAllText(path);
        var actual = string.Join('\n', Lines()) + '\n';
        if (golden != actual) File.WriteAllText(Path.ChangeExtension(path, "actual"), actual);
        Assert.Equal(golden, actual);
    }

    private static IEnumerable<string> Lines() =>
    [
        .. Formats.All.Select(format => $"{format.Name} {Convert.ToHexStringLower(Condensed(format.Example))}"),
        .. from type in WireEnums
           from name in Enum.GetNames(type)
           select $"{type.Name}.{name} {Convert.ToUInt64(Enum.Parse(type, name), null)} {Enum.GetUnderlyingType(type).Name}",
    ];

    /// <summary>Zeros at the end are told by the length of the format and left out.</summary>
    private static ReadOnlySpan<byte> Condensed(byte[] example) => example.AsSpan().TrimEnd((byte)0);
}
