// Every test here runs a whole venue: one at a time is what a small machine bears.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
