using DarkPool.Chain.Settlement;

namespace DarkPool.Chain.Publication;

/// <summary>Brings the next batches to the registry, by whatever account.</summary>
internal interface IBatchSubmitter
{
    /// <summary>What has to be read of the chain before the registry is, so that nothing is sent twice.</summary>
    Task<ulong> BeginAsync(CancellationToken cancellation);

    /// <summary>Sends the batches, or lets what is under way go on.</summary>
    /// <param name="begun">What <see cref="BeginAsync"/> read.</param>
    /// <param name="next">The batches that follow the registry's last one, at least one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether a new transaction was sent.</returns>
    Task<bool> SubmitAsync(ulong begun, IReadOnlyList<SignedBatch> next, CancellationToken cancellation);
}
