using DarkPool.Client.Log;
using DarkPool.Client.Trust;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Sessions;

namespace DarkPool.Client.Submission;

/// <summary>
/// Checks receipts as docs/PROTOCOL.md section 8 says: they cover what was sent, in its order, under a head that the enclave signed and
/// that agrees with every head seen before.
/// </summary>
internal sealed class ReceiptVerifier(EnclaveTrust trust, LogWatch watch, Bytes32 venueId)
{
    /// <summary>Verifies the receipts of a request and hands them to its commands.</summary>
    /// <param name="batch">What was sent.</param>
    /// <param name="answer">Receipts, one behind the other.</param>
    /// <param name="floor">The highest block known when the request was sent first.</param>
    /// <param name="cancellation">Ends the wait for evidence of an enclave that took over.</param>
    /// <exception cref="DarkPoolException">A receipt does not hold, or contradicts the log seen so far.</exception>
    public Task VerifyAsync(SubmissionBatch batch, byte[] answer, ulong floor, CancellationToken cancellation) =>
        VerifyAsync(key => TryApply(batch, answer, floor, key), cancellation);

    /// <summary>Verifies the receipt of a hello.</summary>
    /// <inheritdoc cref="VerifyAsync(SubmissionBatch, byte[], ulong, CancellationToken)"/>
    public Task VerifyHelloAsync(ReadOnlyMemory<byte> hello, byte[] answer, ulong session, ulong floor, CancellationToken cancellation) =>
        VerifyAsync(key => TryHello(hello.Span, answer, session, floor, key), cancellation);

    private async Task VerifyAsync(Func<Bytes32, bool> check, CancellationToken cancellation)
    {
        VerifiedEnclave enclave = trust.Current;
        if (check(enclave.Identity.SigningKey))
            return;
        // Another enclave may have taken over since its predecessor was verified: it must satisfy the policy like the first.
        enclave = await trust.RefreshAsync(enclave, cancellation);
        if (!check(enclave.Identity.SigningKey))
            throw new DarkPoolException(DarkPoolError.ReceiptInvalid, "The receipt is not signed by the enclave.");
    }

    private bool TryApply(SubmissionBatch batch, ReadOnlySpan<byte> answer, ulong floor, Bytes32 signingKey)
    {
        int done = 0;
        while (done < batch.Count)
        {
            if (!Receipt.TryRead(answer, out Receipt receipt, out answer) || receipt.Count > batch.Count - done)
                throw Malformed();
            if (!Holds(receipt, batch.Run(done, receipt.Count), floor, signingKey))
                return false;
            Bytes32 head = receipt.Header.ComputeHead();
            for (int i = 0; i < receipt.Count; i++)
            {
                var proof = new CommandReceipt(receipt.Header.Number, (uint)(receipt.First + i), head, receipt.Leaves[i]);
                SubmissionBatch.Entry entry = batch.Entries[done + i];
                entry.Session.Received(entry.Command, proof);
            }
            done += receipt.Count;
        }
        return answer.IsEmpty ? true : throw Malformed();
    }

    private bool TryHello(ReadOnlySpan<byte> hello, ReadOnlySpan<byte> answer, ulong session, ulong floor, Bytes32 signingKey)
    {
        if (!Receipt.TryRead(answer, out Receipt receipt, out ReadOnlySpan<byte> rest) || !rest.IsEmpty || receipt.Count != 1)
            throw Malformed();
        if (!Holds(receipt, hello, floor, signingKey))
            return false;
        return SessionNumber.At(receipt.Header.Number, receipt.First) == session
            ? true
            : throw new DarkPoolException(DarkPoolError.ReceiptInvalid, "The session's number is not the place of its hello.");
    }

    private bool Holds(in Receipt receipt, ReadOnlySpan<byte> envelopes, ulong floor, in Bytes32 signingKey)
    {
        switch (receipt.Verify(venueId, signingKey, envelopes))
        {
            case ReceiptFault.None:
                break;
            case ReceiptFault.BadSignature:
                return false;
            case var fault:
                throw new DarkPoolException(DarkPoolError.ReceiptInvalid, $"The receipt does not prove what was sent: {fault}.");
        }
        return watch.Contradiction(receipt.Header, floor) is { } contradiction
            ? throw new DarkPoolException(DarkPoolError.LogForked, $"The log was forked or rolled back: {contradiction}.")
            : true;
    }

    private static DarkPoolException Malformed() =>
        new(DarkPoolError.ProtocolViolation, "The venue's receipts have not the form of the protocol.");
}
