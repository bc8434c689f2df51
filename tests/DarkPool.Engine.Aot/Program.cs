using System.Globalization;
using DarkPool.Engine.Aot;
using DarkPool.Engine.Trading;

// A program that uses the book alone. It prints every trade of a fixed flow, so that what was compiled ahead of time can be compared
// with what the runtime compiles.
var operations = args.Length == 0 ? 20_000 : int.Parse(args[0], CultureInfo.InvariantCulture);
using var output = new StreamWriter(Console.OpenStandardOutput());
var book = new ContinuousBook();
var tape = new Tape(output);
Flow.Play(book, operations, ref tape);
tape.End(book);
