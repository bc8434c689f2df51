using System.CommandLine;
using System.Globalization;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Testing.Fuzzing;
using DarkPool.Attestation.Testing.Vectors;

namespace DarkPool.Load.Attest;

/// <summary><c>attest</c>: what verifying evidence costs, beside the bare signatures in it.</summary>
internal static class AttestCommand
{
    private const int DefaultRounds = 200;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds")
        {
            Description = "Verifications of each sample, in turns with the bare signatures; medians are printed.",
            DefaultValueFactory = _ => DefaultRounds,
        };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds is at least 1.");
        });
        var json = LoadOutput.JsonOption();
        var command = new Command("attest", "Milliseconds and bytes allocated per quote and report, beside the bare signature checks.")
        {
            rounds, json,
        };
        command.SetAction(parsed =>
        {
            using var bare = new BareSignatures();
            List<FuzzTarget> targets = FuzzSamples.OfVectors();
            if (targets.Count == 0) targets = SyntheticTargets.All();
            var figures = targets.ConvertAll(target => Measure(target, bare, parsed.GetValue(rounds)));
            LoadOutput.Print(figures, parsed.GetValue(json), Text);
        });
        return command;
    }

    private static EvidenceFigures Measure(FuzzTarget target, BareSignatures bare, int rounds)
    {
        var isReport = target.Part == EvidencePart.SnpReport;
        Action signatures = isReport ? () => bare.OfReport(target.Collateral.ArkCrl is not null) : bare.OfQuote;
        Action verification = () =>
        {
            if (!target.Judge().Accepted) throw new InvalidDataException($"{target.Name} is not accepted.");
        };
        var (verify, limit) = PairedTimes.Measure(verification, signatures, rounds);
        return new EvidenceFigures
        {
            Sample = target.Name,
            Kind = isReport ? "SEV-SNP report" : target.Judge().Facts!.Kind.ToString() + " quote",
            Milliseconds = verify,
            SignaturesMilliseconds = limit,
            Ratio = limit / verify,
            BytesAllocated = PairedTimes.BytesAllocated(verification),
        };
    }

    private static IEnumerable<string> Text(List<EvidenceFigures> figures)
    {
        yield return "sample                          kind                  ms  signatures   ratio  bytes allocated";
        foreach (var item in figures)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{item.Sample,-31} {item.Kind,-16} {item.Milliseconds,7:F2} {item.SignaturesMilliseconds,11:F2} {item.Ratio,7:F2} "
                + $"{item.BytesAllocated,16:N0}");
        }
    }
}

/// <summary>What verifying one sample costs.</summary>
internal sealed record EvidenceFigures
{
    public required string Sample { get; init; }

    public required string Kind { get; init; }

    /// <summary>A whole verification, median.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>The limit: as many signature checks of the same kinds with keys imported ahead, median, in turns with the other.</summary>
    public required double SignaturesMilliseconds { get; init; }

    /// <summary>Signatures over verification: 1 is the limit.</summary>
    public required double Ratio { get; init; }

    public required long BytesAllocated { get; init; }
}
