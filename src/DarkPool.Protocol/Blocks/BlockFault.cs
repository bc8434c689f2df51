namespace DarkPool.Protocol.Blocks;

/// <summary>What is wrong with the form of a block.</summary>
public enum BlockFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Shorter than a header.</summary>
    TooShort = 1,

    /// <summary>The header is of another version, out of bounds, or has a reserved byte set.</summary>
    BadHeader = 2,

    /// <summary>Header and body are not as long as the header says.</summary>
    WrongLength = 3,

    /// <summary>An entry has no leading zero, an unknown kind, or reaches beyond the body.</summary>
    BadEntry = 4,

    /// <summary>More or fewer entries than the header says.</summary>
    WrongCount = 5,
}
