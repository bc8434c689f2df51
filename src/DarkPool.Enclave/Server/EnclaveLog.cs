using System.Globalization;

namespace DarkPool.Enclave.Server;

/// <summary>
/// What the process says on standard error: its life, never what it knows. Lines are whole even when threads write at once.
/// </summary>
internal sealed class EnclaveLog(TextWriter output, TimeProvider clock)
{
    private readonly Lock _gate = new();

    public void Write(string line)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_gate) output.WriteLine($"{time} {line}");
    }
}
