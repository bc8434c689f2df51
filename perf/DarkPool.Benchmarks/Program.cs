using BenchmarkDotNet.Running;

// No arguments: asks which. Otherwise BenchmarkDotNet's own, for example --filter '*Evidence*' --job short.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
