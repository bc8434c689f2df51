using DarkPool.Enclave.Opening;
using Xunit;

namespace DarkPool.Enclave.Tests.Opening;

public class CrewTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Every_chunk_of_every_use_runs_exactly_once(int hands)
    {
        using var crew = new Crew(hands);
        var jobs = Enumerable.Range(0, 4).Select(_ => new CountingJob()).ToArray();
        for (var use = 0; use < 2_000; use++)
        {
            var job = jobs[use % jobs.Length];
            if (use >= jobs.Length) job.CompleteAndCheck();
            job.Begin(use % 37);
            crew.Post(job);
        }

        foreach (var job in jobs) job.CompleteAndCheck();
    }

    [Fact]
    public void A_failing_chunk_fails_the_job_where_it_is_completed_and_the_next_use_is_clean()
    {
        using var crew = new Crew(2);
        var job = new CountingJob { FailAt = 3 };
        job.Begin(10);
        crew.Post(job);
        Assert.Throws<InvalidOperationException>(job.Complete);

        job.FailAt = -1;
        job.Begin(10);
        crew.Post(job);
        job.CompleteAndCheck();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Chunks_that_a_chunk_adds_run_exactly_once_too_before_the_use_is_complete(int hands)
    {
        using var crew = new Crew(hands);
        var jobs = Enumerable.Range(0, 3).Select(_ => new CountingJob()).ToArray();
        for (var use = 0; use < 2_000; use++)
        {
            var job = jobs[use % jobs.Length];
            if (use >= jobs.Length) job.CompleteAndCheck();
            job.BeginWithOne(use % 37);
            crew.Post(job);
        }

        foreach (var job in jobs) job.CompleteAndCheck();
    }

    private sealed class CountingJob : ChunkedJob
    {
        private int[] _runs = [];
        private int _added;

        public int FailAt { get; set; } = -1;

        public void Begin(int chunks)
        {
            (_runs, _added) = (new int[chunks], 0);
            Arm(chunks);
        }

        public void BeginWithOne(int chunksThatItAdds)
        {
            (_runs, _added) = (new int[1 + chunksThatItAdds], chunksThatItAdds);
            Arm(1);
        }

        public void CompleteAndCheck()
        {
            Complete();
            Assert.All(_runs, runs => Assert.Equal(1, runs));
        }

        protected override void RunChunk(int chunk)
        {
            Interlocked.Increment(ref _runs[chunk]);
            if (chunk == 0 && _added > 0) Extend(_added);
            if (chunk == FailAt) throw new InvalidDataException("as told");
        }
    }
}
