using System.CommandLine;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Commands;

/// <summary>What governance may change of a market. An option that is left out means none: no fee, no limit, no collar.</summary>
internal sealed class MarketParameterOptions
{
    private readonly Option<uint> _makerFee = new("--maker-fee") { Description = "Of the resting order, millionths of the quote amount." };
    private readonly Option<uint> _takerFee = new("--taker-fee") { Description = "Of the arriving order, in millionths." };
    private readonly Option<Bytes32> _feeAccount = PublicKey("--fee-account", "Account that fees go to: its key in hex.");
    private readonly Option<ulong> _most = new("--max-quantity") { Description = "Most lots of an order." };
    private readonly Option<uint> _open = new("--max-open-orders") { Description = "Most open orders of one account." };
    private readonly Option<uint> _collar = new("--collar") { Description = "How far prices may be from the reference, in basis points." };
    private readonly Option<ulong> _leastImmediate = new("--min-immediate") { Description = "Least lots of an order that is not to rest." };
    private readonly Option<uint> _immediates = new("--immediate-orders") { Description = "Most such orders of one account in a window." };
    private readonly Option<double> _immediateWindow = Seconds("--immediate-window", "Length of that window");
    private readonly Option<double> _sessionEnd = Seconds("--session-end", "When day orders expire, after midnight UTC");
    private readonly Option<uint> _feed = new("--feed") { Description = "Feed that is the reference." };
    private readonly Option<double> _staleness = Seconds("--staleness", "How old the reference may be");
    private readonly Option<uint> _midpointCollar = new("--midpoint-collar")
    {
        Description = "How far a quote's middle may be from that of the quote before, in basis points.",
    };

    private readonly Option<double> _interval = Seconds("--auction-interval", "From one auction's close to the next");
    private readonly Option<double> _window = Seconds("--auction-window", "Window at its end within which the close falls");
    private readonly Option<AuctionAllocation> _allocation = new("--auction-allocation")
    {
        HelpName = "prorata|time",
        Description = "How marginal orders share.",
    };

    private readonly Option<double> _firmUp = Seconds("--firm-up-time", "How long an invitation to firm up stands");
    private readonly Option<uint> _firmUpFloor = new("--firm-up-floor")
    {
        Description = "Least share of its invitations that an account must firm up, in basis points.",
    };

    private readonly Option<ulong> _leastConditional = new("--min-conditional") { Description = "Least lots of a conditional order." };

    /// <summary>A public key of 64 hex digits.</summary>
    public static Option<Bytes32> PublicKey(string name, string description) => new(name)
    {
        HelpName = "HEX",
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens.Single().Value;
            if (text.Length == 2 * Bytes32.Size && text.All(char.IsAsciiHexDigit))
                return new Bytes32(Convert.FromHexString(text));
            argument.AddError($"'{text}' is not a key of 64 hex digits.");
            return default;
        },
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _makerFee, _takerFee, _feeAccount, _most, _open, _collar, _leastImmediate, _immediates, _immediateWindow, _sessionEnd, _feed,
            _staleness, _midpointCollar, _interval, _window, _allocation, _firmUp, _firmUpFloor, _leastConditional,
        })
            command.Add(option);
    }

    public MarketParameters Read(ParseResult parsed) => new()
    {
        MakerFee = parsed.GetValue(_makerFee),
        TakerFee = parsed.GetValue(_takerFee),
        FeeAccount = parsed.GetValue(_feeAccount),
        MaximumQuantity = parsed.GetValue(_most),
        MaximumOpenOrders = parsed.GetValue(_open),
        CollarBasisPoints = parsed.GetValue(_collar),
        MinimumImmediateQuantity = parsed.GetValue(_leastImmediate),
        ImmediateOrders = parsed.GetValue(_immediates),
        ImmediateWindow = Microseconds(parsed.GetValue(_immediateWindow)),
        SessionEnd = Microseconds(parsed.GetValue(_sessionEnd)),
        ReferenceFeed = parsed.GetValue(_feed),
        ReferenceStaleness = Microseconds(parsed.GetValue(_staleness)),
        MidpointCollarBasisPoints = parsed.GetValue(_midpointCollar),
        AuctionInterval = Microseconds(parsed.GetValue(_interval)),
        AuctionCloseWindow = Microseconds(parsed.GetValue(_window)),
        AuctionAllocation = parsed.GetValue(_allocation),
        FirmUpTime = Microseconds(parsed.GetValue(_firmUp)),
        FirmUpRateFloor = parsed.GetValue(_firmUpFloor),
        MinimumConditionalQuantity = parsed.GetValue(_leastConditional),
    };

    private static Option<double> Seconds(string name, string description)
    {
        var option = new Option<double>(name) { HelpName = "SECONDS", Description = description + ", in seconds." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and < 1e9))
                result.AddError($"{name} is not a number of seconds.");
        });
        return option;
    }

    private static ulong Microseconds(double seconds) => (ulong)Math.Round(seconds * 1e6);
}
