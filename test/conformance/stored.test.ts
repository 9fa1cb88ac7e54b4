import { describe, expect, test } from 'vitest';
import { storedTraces } from '../../conformance/stored/traces.ts';
import { tracePathsIn } from '../../corpus/folder.ts';

const files = [...tracePathsIn('traces'), ...tracePathsIn('traces/guarantees')];

describe('the stored traces that real classes play', () => {
  test.each([
    ['3.9.1', 70],
    ['4.3.1', 154],
  ] as const)('of %s: %i, and of each other there is a reason', (version, played) => {
    const { traces, leftOut } = storedTraces(version);
    expect(traces).toHaveLength(played);
    const others = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
    expect(traces.length + others).toBe(files.length);
  });

  test('have the bugs of the release, whoever has recorded them as defects', () => {
    const { traces } = storedTraces('4.3.1');
    const trace = traces.find(({ file }) => file.startsWith('unregistered-broker-in-elr'));
    expect(trace?.model).toMatchObject({ config: { kafka: '4.3.1', repairs: [] }, defects: [] });
    expect(trace?.steps.at(0)).toMatch(/^\w+\(/);
  });
});
