using System.Text;

namespace DarkPool.EndToEnd.Tests.Secrets;

/// <summary>The hunter finds what it hunts, wherever and however it is written.</summary>
public sealed class SecretPatternsTests
{
    private const ulong Number = 0x51A7C3E95B2D47;

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 37))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_key_is_found_in_base64_of_any_alignment(int before)
    {
        byte[] surrounding = [.. Enumerable.Repeat((byte)0xA5, before), .. Key, 9, 9, 9, 9];
        var patterns = new SecretPatterns().AddBytes("key", Key);

        Assert.NotEmpty(patterns.FindIn(Encoding.ASCII.GetBytes(Convert.ToBase64String(surrounding))));
    }

    [Fact]
    public void A_number_is_found_in_every_form()
    {
        var patterns = new SecretPatterns().Add("number", Number);
        byte[] little = [.. BitConverter.GetBytes(Number)];
        byte[] big = [.. little.Reverse()];

        Assert.All(
            new byte[][]
            {
                [1, 2, .. little, 3],
                [1, 2, .. big, 3],
                Encoding.ASCII.GetBytes($"price={Number};"),
                Encoding.ASCII.GetBytes($"0x{Number:x}"),
                Encoding.ASCII.GetBytes($"0x{Number:X}"),
                Encoding.ASCII.GetBytes(Convert.ToBase64String([7, .. little])),
                Encoding.ASCII.GetBytes(Convert.ToBase64String([7, 7, .. big])),
                Encoding.Unicode.GetBytes($"price={Number};"),
                Encoding.Unicode.GetBytes($"0x{Number:x}"),
                Encoding.Unicode.GetBytes($"0x{Number:X}"),
                Encoding.Unicode.GetBytes(Convert.ToBase64String([7, .. little])),
            },
            haystack => Assert.NotEmpty(patterns.FindIn(haystack)));
    }

    [Fact]
    public void Random_bytes_hold_no_secret_by_chance()
    {
        var patterns = new SecretPatterns().Add("number", Number).AddBytes("key", Key);
        var noise = new byte[32 * 1024 * 1024];
        new Random(5).NextBytes(noise);

        Assert.Empty(patterns.FindIn(noise));
    }
}
