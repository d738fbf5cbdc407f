// Sends a file in pieces. A line that breaks is tried again, from the last byte that came; a file that was begun before goes on where it stopped.
import { ApiError } from '../api/client.ts';
import { askImports, askOffset, beginImport, sendPiece, type Import } from '../api/imports.ts';
import { useImports } from './store.ts';

/** Small enough to come through a poor line before it breaks, and for progress to be seen. */
export const pieceBytes = 512 * 1024;

/** How long it waits after so many failures in a row. */
export const pause = (failures: number) => Math.min(30_000, 1000 * 2 ** (failures - 1));

/** Whether it may go better the next time: no answer, a busy server, a piece that came in part. */
export const passing = (e: unknown): boolean => e instanceof ApiError && (e.status === 0 || e.status === 408 || e.status === 409 || e.status === 429 || e.status >= 500);

/** Those on their way, so that they can be stopped. */
const going = new Map<string, AbortController>();

export const stopSending = (id: string) => going.get(id)?.abort();

/** The import that the file is of, where it was begun and broke off. */
export const begunBefore = (list: Import[], { name, size }: Pick<File, 'name' | 'size'>) => list.find((i) => i.state === 'receiving' && i.name === name && i.size === size && !going.has(i.id));

/** Begins, or goes on with, sending a file; resolves with the import's id as soon as there is one. */
export async function sendFile(file: File): Promise<string> {
  const { id } = begunBefore(await askImports(), file) ?? (await beginImport(file.name, file.size));
  const abort = new AbortController();
  going.set(id, abort);
  void sendAll(id, file, abort.signal).finally(() => going.delete(id));
  return id;
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    }, { once: true });
  });

async function sendAll(id: string, file: File, signal: AbortSignal): Promise<void> {
  const { setUpload } = useImports.getState();
  const size = file.size;
  let [sent, failures, rate] = [0, 0, 0];
  let sure = false;
  try {
    while (!sure || sent < size) {
      try {
        if (!sure) sent = await askOffset(id, signal);
        sure = true;
        setUpload(id, { sent, size, rate, broken: false });
        if (sent >= size) break;
        const began = performance.now();
        const before = sent;
        sent = await sendPiece(id, sent, file.slice(sent, sent + pieceBytes), signal);
        const now = ((sent - before) * 1000) / Math.max(1, performance.now() - began);
        rate = rate ? rate * 0.7 + now * 0.3 : now;
        failures = 0;
      } catch (e) {
        if (!passing(e)) throw e;
        sure = false;
        failures++;
        setUpload(id, { sent, size, rate, broken: true });
        await wait(pause(failures), signal);
      }
    }
    setUpload(id, undefined);
  } catch (e) {
    const stopped = e instanceof DOMException && e.name === 'AbortError';
    setUpload(id, stopped ? undefined : { sent, size, rate, broken: false, error: e });
  }
}
