using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DarkPool.Cli.Output;

/// <summary>Prints the result of a command on standard output: a JSON object for programs, or one `name value` line per member.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print<T>(T result, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }
        JsonObject members = JsonSerializer.SerializeToNode(result, Json)!.AsObject();
        int width = members.Max(member => member.Key.Length);
        foreach ((string name, JsonNode? value) in members)
            Console.Out.WriteLine($"{name.PadRight(width)}  {value?.ToString() ?? "-"}");
    }
}
