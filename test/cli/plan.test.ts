import { describe, expect, it } from 'vitest';
import { clusterIn } from '../../application/check/clusterFiles.ts';
import { layoutsFor, outageIn, sizeOf, type Wanted } from '../../application/plan/survive.ts';
import { rackFailures } from '../../models/kafkaConfig/rackArithmetic.ts';
import { at, run } from './runInProcess.ts';

function wantedOf(text: string, more: Partial<Wanted> = {}): Wanted {
  const outage = outageIn(text) ?? expect.unreachable();
  return { outage, isWritable: true, isCombined: true, zones: undefined, ...more };
}

describe('layouts', () => {
  it.each([
    ['1 node', [[1, 3, 3, 2]]],
    ['1 zone', [[3, 3, 3, 2]]],
    ['2 brokers', [[1, 5, 5, 3]]],
    // 9 in 3 zones lose 4, 7 in 4 lose 3, 5 in 5 lose 2.
    [
      '1 broker + 1 zone',
      [
        [3, 9, 9, 5],
        [4, 7, 7, 4],
        [5, 5, 5, 3],
      ],
    ],
  ])('that survive %s are the smallest', (text, expected) => {
    const wanted = wantedOf(text);
    const numbers = layoutsFor(wanted).map(layout => [
      ...[layout.zones, sizeOf(layout, wanted)],
      ...[layout.replicationFactor, layout.minInsyncReplicas],
    ]);
    expect(numbers).toEqual(expected);
  });

  it('are smaller where writes may stop, and none where every zone fails', () => {
    const [layout] = layoutsFor(wantedOf('1 broker', { isWritable: false }));
    expect(layout).toMatchObject({ replicationFactor: 2, minInsyncReplicas: 2 });
    expect(layoutsFor(wantedOf('2 zones', { zones: 2 }))).toEqual([]);
  });

  it.each(['', '1', 'one broker', '1 planet', '0 zones'])('are not asked for by "%s"', text => {
    expect(outageIn(text)).toBeUndefined();
  });
});

describe('plan', () => {
  it('writes files that describe a cluster which survives the outage, by Kafka’s placement', async () => {
    const asked = ['plan', '--survive', '1 broker + 1 zone', '--writable', '--budget', '1ms'];
    const { code, stdout } = await run([...asked, '--json']);
    expect(code).toBe(0);
    const document: unknown = JSON.parse(stdout);
    const layouts = Object.values(Object(at(document, 'layouts')));
    expect(layouts).toHaveLength(3);
    for (const layout of layouts) {
      const files = Object.values(Object(at(layout, 'files'))).map(file => {
        return { name: String(at(file, 'name')), text: String(at(file, 'text')) };
      });
      const failures = rackFailures(clusterIn(files, { kafkaVersion: '4.3' }));
      expect(failures.length).toBe(at(layout, 'zones'));
      for (const { topics, metadataSurvives } of failures) {
        expect(metadataSurvives).toBe(true);
        for (const { replicationFactor, replicasLeft, minIsr } of topics) {
          const left = replicasLeft - 1;
          expect(left).toBeGreaterThanOrEqual(minIsr);
          expect(replicationFactor - left).toBeLessThan(minIsr);
        }
      }
    }
  });

  it('says what was counted alone, and refuses what is no outage', async () => {
    const { stdout } = await run(['plan', '--survive', '1 node', '--budget', '1ms']);
    expect(stdout).toContain('min.insync.replicas=2');
    expect(stdout).toMatch(/^1 +5 +2 +3 +2 +2 +1 of 2 copies +counted$/m);
    expect((await run(['plan', '--survive', 'everything'])).code).toBe(2);
    expect((await run(['plan', '--survive', '3 zones', '--zones', '3'])).code).toBe(4);
  });
});
