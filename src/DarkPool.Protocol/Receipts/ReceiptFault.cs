namespace DarkPool.Protocol.Receipts;

/// <summary>Why a receipt does not prove what it should.</summary>
public enum ReceiptFault
{
    /// <summary>It does.</summary>
    None = 0,

    /// <summary>The receipt is for another number of entries.</summary>
    WrongCount = 1,

    /// <summary>A leaf is not the hash of the envelope sent.</summary>
    WrongEnvelope = 2,

    /// <summary>Leaves and siblings do not give the entries root of the block's header.</summary>
    WrongRoot = 3,

    /// <summary>The block statement is not signed by the enclave's key.</summary>
    BadSignature = 4,
}
