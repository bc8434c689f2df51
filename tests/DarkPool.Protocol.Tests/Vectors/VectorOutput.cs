using Xunit.Abstractions;

namespace DarkPool.Protocol.Tests.Vectors;

/// <summary>One line per family of vectors, to the test's output and to the console.</summary>
internal sealed class VectorOutput(ITestOutputHelper helper)
{
    public void Write(string line)
    {
        helper.WriteLine(line);
        Console.WriteLine(line);
    }
}
