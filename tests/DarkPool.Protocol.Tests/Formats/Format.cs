namespace DarkPool.Protocol.Tests.Formats;

/// <summary>
/// A format: one example whose fields all differ from zero and from each other, and how it is read and written again.
/// Reading answers null for what is refused.
/// </summary>
internal sealed record Format(string Name, byte[] Example, Func<byte[], byte[]?> Rewrite)
{
    public override string ToString() => Name;
}
