import { describe, expect, test } from 'vitest';
import type { Answer, Cluster } from '../../conformance/live/cluster.ts';
import { Scene } from '../../conformance/live/scene.ts';
import { kept, lost } from '../../conformance/live/story.ts';

/** A cluster that answers what it is told to. */
function sceneWith(answers: Readonly<Record<string, Answer>>): Scene {
  const tryAsk = async (what: string): Promise<Answer> => answers[what] ?? { error: 'unknown' };
  const until = async (_: string, look: () => unknown): Promise<unknown> => look();
  return new Scene({ tryAsk, until } as unknown as Cluster, () => undefined);
}
const records = (...values: readonly string[]) =>
  values.map((record, offset) => ({ offset, record }));

describe('a story in which a record is lost', () => {
  test('is confirmed where the log ends before it', async () => {
    const scene = sceneWith({
      produce: { offset: 1 },
      read: { from: 0, to: 1, records: records('base') },
    });
    await scene.produce('x', { acks: '1' });
    await scene.read();
    expect(lost(scene, 'x').verdict).toBe('confirmed');
    expect(kept(scene, 'it was refused').verdict).toBe('not reproduced');
  });

  test('is confirmed where another is in its place', async () => {
    const read = { from: 0, to: 2, records: records('base', 'y') };
    const scene = sceneWith({ produce: { offset: 1 }, read });
    await scene.produce('x');
    await scene.read();
    expect(lost(scene, 'x').verdict).toBe('confirmed');
    expect(lost(scene, 'base').verdict).toBe('not reproduced');
  });

  test('is confirmed where the log is empty, whatever else is lost', async () => {
    const scene = sceneWith({ produce: { offset: 1 }, read: { from: 0, to: 0, records: [] } });
    for (const value of ['base', 'x']) await scene.produce(value);
    await scene.read();
    expect(lost(scene, 'x').verdict).toBe('confirmed');
    expect(lost(scene, 'base').verdict).toBe('confirmed');
    expect(lost(scene, 'y').verdict).toBe('not reproduced');
  });

  test('is not where it is there, or was refused', async () => {
    const there = sceneWith({
      produce: { offset: 0 },
      read: { from: 0, to: 1, records: records('x') },
    });
    await there.produce('x');
    await there.read();
    expect(lost(there, 'x').verdict).toBe('not reproduced');
    const refused = sceneWith({
      produce: { error: 'NotEnoughReplicasException' },
      read: { from: 0, to: 0, records: [] },
    });
    expect((await refused.produce('x')).refused).toBe('NotEnoughReplicasException');
    await refused.read();
    expect(lost(refused, 'x').verdict).toBe('not reproduced');
    expect(kept(refused, 'it was refused').verdict).toBe('confirmed');
  });
});
