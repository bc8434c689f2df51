namespace DarkPool.Client.Tests.Scripted;

/// <summary>What a <see cref="ScriptedVenue"/> does to one request with envelopes.</summary>
internal enum VenueFault
{
    /// <summary>Answers 503 and takes nothing.</summary>
    NotNow,

    /// <summary>Answers 400 and takes nothing.</summary>
    RefuseForGood,

    /// <summary>Executes it, and breaks the connection before the answer.</summary>
    LoseAnswer,

    /// <summary>Signs the receipt with another key.</summary>
    ForeignSignature,

    /// <summary>Gives the receipt of another block.</summary>
    OldReceipt,

    /// <summary>Executes it on a log that forgot its last block.</summary>
    ForgetBlock,

    /// <summary>Executes it in a block that names another predecessor.</summary>
    Fork,

    /// <summary>Answers bytes that are no receipt.</summary>
    Garbage,
}
