using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;

namespace DarkPool.Cli.Orders;

/// <summary>
/// The secret by which an owner's accounts know each other, in a file of 32 hex digits that only its owner may read: who could guess it
/// could join the group and learn from what does not trade.
/// </summary>
internal static class OwnerGroupFile
{
    private const int Digits = 32;

    /// <summary>Reads the secret, or makes one where the file is missing.</summary>
    /// <exception cref="StackException">The file holds something else. What it holds is not said.</exception>
    public static UInt128 Open(FileInfo file)
    {
        if (!file.Exists)
            OwnerOnlyFile.Write(file.FullName, Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Digits, lowercase: true) + "\n"));
        string text = File.ReadAllText(file.FullName).Trim();
        return text.Length == Digits
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 group) && group != 0
            ? group
            : throw new StackException($"{file.FullName} does not hold a group of {Digits} hex digits.");
    }
}
