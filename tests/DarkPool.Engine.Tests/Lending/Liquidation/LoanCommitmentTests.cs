using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

public sealed class LoanCommitmentTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Key = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    [Fact]
    public void A_commitment_is_the_hash_that_the_page_says()
    {
        byte[] sale = new byte[8], pool = new byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(sale, 77);
        BinaryPrimitives.WriteUInt32LittleEndian(pool, 3);
        var salt = SHA256.HashData([.. "darkpool/v1/loan salt"u8, .. Secret, .. sale]);
        var expected = SHA256.HashData([.. "darkpool/v1/loan"u8, .. salt, .. pool, .. Key]);
        Assert.Equal(new Digest(expected), LoanCommitment.Of(LoanKind.Pool, LoanCommitment.Salt(new Digest(Secret), 77), 3, Key));
    }

    [Property]
    public void Two_sales_of_one_loan_have_nothing_in_common(ulong one, ulong other) =>
        Assert.Equal(one == other, CommitmentOf(one) == CommitmentOf(other));

    private static Digest CommitmentOf(ulong sale) =>
        LoanCommitment.Of(LoanKind.Pool, LoanCommitment.Salt(new Digest(Secret), sale), 3, Key);
}
