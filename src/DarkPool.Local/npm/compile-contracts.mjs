// Compiles Solidity files: node compile-contracts.mjs OUT_FOLDER FILE.sol...
// Writes one JSON file per contract of those files, with its ABI and bytecode. The output depends on sources and settings alone:
// sources are named by file, never by machine path, and the bytecode carries no metadata.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const solc = require('solc');
const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules');

const settings = {
  evmVersion: 'cancun', // the oldest that OpenZeppelin 5.7 compiles for
  optimizer: { enabled: true, runs: 1000 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
};

function readImport(name) {
  const file = path.join(modules, name);
  return name.startsWith('@openzeppelin/') && fs.existsSync(file)
    ? { contents: fs.readFileSync(file, 'utf8') }
    : { error: `import outside the project and OpenZeppelin: ${name}` };
}

function position(sources, location) {
  const source = location && sources[location.file];
  if (!source || location.start < 0) return location ? location.file : 'contracts';
  const lines = source.content.slice(0, location.start).split('\n');
  return `${location.file}(${lines.length},${lines.at(-1).length + 1})`;
}

const [outFolder, ...files] = process.argv.slice(2);
const sources = Object.fromEntries(files.map((file) => [path.basename(file), { content: fs.readFileSync(file, 'utf8') }]));
const input = { language: 'Solidity', sources, settings };
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: readImport }));

// A warning is an error here as everywhere in the build.
const problems = (output.errors ?? []).filter((e) => e.severity !== 'info');
for (const e of problems)
  console.error(`${position(sources, e.sourceLocation)} : error SOL${e.errorCode}: ${e.message.replaceAll('\n', ' ')}`);
if (problems.length > 0) process.exit(1);

fs.mkdirSync(outFolder, { recursive: true });
for (const old of fs.readdirSync(outFolder).filter((name) => name.endsWith('.json'))) fs.rmSync(path.join(outFolder, old));
for (const source of Object.keys(sources)) {
  for (const [contract, result] of Object.entries(output.contracts[source])) {
    const artifact = {
      contract,
      compiler: solc.version(),
      abi: result.abi,
      bytecode: `0x${result.evm.bytecode.object}`,
      deployedBytecode: `0x${result.evm.deployedBytecode.object}`,
    };
    fs.writeFileSync(path.join(outFolder, `${contract}.json`), `${JSON.stringify(artifact, null, 1)}\n`);
  }
}
