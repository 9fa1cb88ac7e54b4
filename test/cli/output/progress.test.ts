import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../checker/core/control.ts';
import { ProgressReporter } from '../../../cli/output/progress.ts';
import { recordingOutput } from '../runInProcess.ts';

function progress(states: number): Progress {
  return {
    engine: 'exhaustive',
    distinctStates: states,
    generatedStates: 3 * states,
    depth: 7,
    pending: 1234,
    bytes: 0,
  };
}

const ERASE = '\r\u001b[2K';

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** Updates every 20 ms for so long. */
  function updateFor(reporter: ProgressReporter, milliseconds: number): void {
    for (let time = 20; time <= milliseconds; time += 20) {
      vi.advanceTimersByTime(20);
      reporter.update('explore x', progress(time));
    }
  }

  it('is a live line on a terminal, at most ten times a second', () => {
    const output = recordingOutput({ isTTY: true });
    const reporter = new ProgressReporter(output, { quiet: false });
    reporter.begin('explore x ...');
    updateFor(reporter, 1000);
    reporter.end();
    expect(output.text().split(ERASE)).toHaveLength(12);
    expect(output.text()).toContain('explore x: 200 states, 3,000/s, depth 7, ');
    expect(output.text()).not.toContain('\n');
    expect(output.text().endsWith(ERASE)).toBe(true);
  });

  it('never wraps a live line', () => {
    const output = recordingOutput({ isTTY: true, columns: 20 });
    const reporter = new ProgressReporter(output, { quiet: false });
    updateFor(reporter, 500);
    for (const line of output.text().split(ERASE)) expect(line.length).toBeLessThan(20);
  });

  it('drops the least telling parts where the line is narrow', () => {
    const level = { left: 12_345, next: 2_500_000, size: 142, before: 100 };
    const exact = { ...progress(1_234_567), level, bytes: 2 ** 21, actions: { taken: 3, all: 4 } };
    const lineOf = (columns: number): string => {
      const output = recordingOutput({ isTTY: true, columns });
      const reporter = new ProgressReporter(output, { quiet: false });
      vi.advanceTimersByTime(2000);
      reporter.update('explore x', exact);
      return output.text().replace(ERASE, '');
    };
    expect(lineOf(120)).toBe(
      'explore x: 1,234,567 states, depth 7, 12.3k left + 2.5M next, x1.42, 2 MiB, 3 of 4 actions, 2.0s',
    );
    expect(lineOf(80)).toBe(
      'explore x: 1,234,567 states, depth 7, 12.3k left + 2.5M next, 2 MiB, 2.0s',
    );
    expect(lineOf(40)).toBe('explore x: 1,234,567 states, depth 7');
  });

  it('is a line every ten seconds elsewhere', () => {
    const output = recordingOutput();
    const reporter = new ProgressReporter(output, { quiet: false });
    reporter.begin('explore x ...');
    updateFor(reporter, 25_000);
    reporter.end();
    expect(output.text().split('\n')).toEqual([
      'explore x ...',
      'explore x: 10,000 states, depth 7, 1,234 pending, 10s',
      'explore x: 20,000 states, 3,000/s, depth 7, 1,234 pending, 20s',
      '',
    ]);
  });

  it('is nothing when it is quiet', () => {
    for (const isTTY of [true, false]) {
      const output = recordingOutput({ isTTY });
      const reporter = new ProgressReporter(output, { quiet: true });
      reporter.begin('explore x ...');
      updateFor(reporter, 25_000);
      reporter.end();
      expect(output.text()).toBe('');
    }
  });
});
