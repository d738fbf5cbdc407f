import { expect, it } from 'vitest';
import { Latest, type Told } from '../../src/api/latest.ts';

/** Answers come when the test lets them. */
function desk() {
  const asked: { question: number; signal: AbortSignal; answer(v: string): void; refuse(e: Error): void }[] = [];
  const told: Told<number, string>[] = [];
  const latest = new Latest<number, string>(
    (question, signal) => new Promise((answer, refuse) => asked.push({ question, signal, answer, refuse })),
    (t) => told.push(t),
  );
  const settle = () => new Promise((done) => setTimeout(done, 0));
  return { asked, told, latest, settle };
}

it('asks one at a time, and of those that wait only the newest', async () => {
  const { asked, told, latest, settle } = desk();
  [1, 2, 3, 4].forEach((q) => latest.put(q));
  expect(asked.map((a) => a.question)).toEqual([1]);
  asked[0]?.answer('one');
  await settle();
  expect(asked.map((a) => a.question)).toEqual([1, 4]);
  asked[1]?.answer('four');
  await settle();
  expect(told).toEqual([{ answer: 'one', of: 1 }, { answer: 'four', of: 4 }]);
});

it('goes on after a refusal', async () => {
  const { asked, told, latest, settle } = desk();
  latest.put(1);
  latest.put(2);
  asked[0]?.refuse(new Error('no'));
  await settle();
  asked[1]?.answer('two');
  await settle();
  expect(told.map((t) => t.error?.message ?? t.answer)).toEqual(['no', 'two']);
});

it('says nothing more once it was stopped', async () => {
  const { asked, told, latest, settle } = desk();
  latest.put(1);
  latest.put(2);
  latest.stop();
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer('one');
  await settle();
  expect(told).toEqual([]);
  expect(asked).toHaveLength(1);
});
