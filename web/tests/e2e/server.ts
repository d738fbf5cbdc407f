// Builds and starts the real server on a new store of the sample world before the tests, and stops it after them.
// BIVOUAC_BIN: a binary that is built already. BIVOUAC_URL: a server that runs already.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const results = join(root, 'web', 'test-results');

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What the tests leave, the binary and the stores, in one folder. */
const folder = mkdtempSync(join(tmpdir(), 'bivouac-'));

function build(): string {
  const bin = join(folder, 'bivouac');
  execFileSync('go', ['build', '-o', bin, './cmd/bivouac'], { cwd: root, stdio: 'inherit' });
  return bin;
}

async function ready(url: string) {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((wait) => setTimeout(wait, 200));
  }
  throw new Error(`e2e: ${url} was not ready in 30 s`);
}

export default async function start() {
  if (process.env.BIVOUAC_URL) return undefined;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(results, { recursive: true });
  const server = spawn(process.env.BIVOUAC_BIN ?? build(), ['serve', '--addr', `127.0.0.1:${port}`], { cwd: root, stdio: ['ignore', 'ignore', openSync(join(results, 'server.log'), 'w')] });
  server.once('exit', (code) => code && console.error(`e2e: the server ended with ${code}`));
  await ready(url);
  process.env.BIVOUAC_URL = url;
  return () => void server.kill('SIGTERM');
}
