// Builds and starts the real server on a new store of the sample world before the tests, and stops it after them.
// BIVOUAC_BIN: a binary that is built already, with -tags example: with an analysis that the page knows nothing of. BIVOUAC_URL: a server that runs already.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
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

function build(folder: string): string {
  const bin = join(folder, 'bivouac');
  execFileSync('go', ['build', '-tags', 'example', '-o', bin, './cmd/bivouac'], { cwd: root, stdio: 'inherit' });
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

export interface Served {
  url: string;
  /** Makes a token; from the first one on everybody has to sign in. */
  token(name: string, ...options: string[]): string;
  revoke(name: string): void;
  stop(): void;
}

/** A server on a store of its own, filled with the sample world. */
export async function serve(name: string): Promise<Served> {
  const bin = process.env.BIVOUAC_BIN ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'bivouac-store-'));
  const store = join(folder, 'world.gpkg');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(results, { recursive: true });
  const server = spawn(bin, ['serve', '--store', store, '--sample', '--ceiling', 'strictly_confidential', '--addr', `127.0.0.1:${port}`], { cwd: root, stdio: ['ignore', 'ignore', openSync(join(results, `${name}.log`), 'w')] });
  server.once('exit', (code) => {
    if (code) console.error(`e2e: the server ended with ${code}`);
    rmSync(folder, { recursive: true, force: true });
  });
  await ready(url);
  const run = (...words: string[]) => execFileSync(bin, ['token', ...words, '--store', store], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return {
    url,
    token: (holder, ...options) => /bvk_\S+/.exec(run('add', holder, ...options))?.[0] ?? '',
    revoke: (holder) => void run('revoke', holder),
    stop: () => void server.kill('SIGTERM'),
  };
}

export default async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'bivouac-'));
  const built = process.env.BIVOUAC_BIN === undefined;
  process.env.BIVOUAC_BIN ??= build(folder);
  const done = () => rmSync(folder, { recursive: true, force: true });
  if (process.env.BIVOUAC_URL) return done;
  const server = await serve('server');
  process.env.BIVOUAC_URL = server.url;
  return () => {
    server.stop();
    if (built) done();
  };
}
