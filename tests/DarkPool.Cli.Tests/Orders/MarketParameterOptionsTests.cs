using System.CommandLine;
using DarkPool.Cli.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Tests.Orders;

public sealed class MarketParameterOptionsTests
{
    [Fact]
    public void Seconds_become_microseconds_and_what_is_left_out_is_none()
    {
        var account = new string('a', 64);
        MarketParameters read = Read(
            $"--maker-fee 100 --taker-fee 250 --fee-account {account} --collar 500 --feed 3 --staleness 2.5 --auction-interval 1 "
            + "--auction-window 0.25 --auction-allocation prorata --immediate-orders 4 --immediate-window 0.000001 --session-end 79200");

        Assert.Equal(
            new MarketParameters
            {
                MakerFee = 100,
                TakerFee = 250,
                FeeAccount = new Bytes32(Convert.FromHexString(account)),
                CollarBasisPoints = 500,
                ReferenceFeed = 3,
                ReferenceStaleness = 2_500_000,
                AuctionInterval = 1_000_000,
                AuctionCloseWindow = 250_000,
                AuctionAllocation = AuctionAllocation.ProRata,
                ImmediateOrders = 4,
                ImmediateWindow = 1,
                SessionEnd = 79_200_000_000,
            },
            read);
        Assert.Equal(default, Read(""));
    }

    [Fact]
    public void Every_parameter_has_an_option()
    {
        var command = new Command("test");
        new MarketParameterOptions().AddTo(command);
        Assert.Equal(typeof(MarketParameters).GetProperties().Length, command.Options.Count);
    }

    private static MarketParameters Read(string line)
    {
        var command = new RootCommand();
        var options = new MarketParameterOptions();
        options.AddTo(command);
        ParseResult parsed = command.Parse(line);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed);
    }
}
