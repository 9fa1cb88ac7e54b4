import { describe, expect, it } from 'vitest';
import { median } from '../../../application/defects/randomSearch.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { run } from '../../cli/runInProcess.ts';

const random = ['defects', '--random', '--seeds', '3', '--jobs', '1'];

describe('defects --random', () => {
  it('says how many seeds found a defect, and in how many steps', async () => {
    const { code, stdout } = await run([...random, 'reads-to-log-end', '--json']);
    expect(code).toBe(0);
    const { defects } = JSON.parse(stdout) as { defects: Record<string, unknown>[] };
    expect(defects).toMatchObject([
      {
        name: 'reads-to-log-end',
        model: 'replication',
        verdict: 'found',
        otherwiseFoundBy: 'exhaustive search',
        searches: [1, 2, 3].map(seed => ({ seed, found: true, length: 2 })),
      },
    ]);
    expect(defects[0]?.['medianSteps']).toBeGreaterThan(0);
  });

  it('finds the same with several jobs', async () => {
    const stepsWith = async (jobs: string): Promise<unknown> => {
      const argv = ['defects', '--random', '--seeds', '2', '--jobs', jobs, '--json'];
      const { stdout } = await run([...argv, 'reads-to-log-end', 'double-vote']);
      const { defects } = JSON.parse(stdout) as { defects: { medianSteps: number }[] };
      return defects.map(({ medianSteps }) => medianSteps);
    };
    expect(await stepsWith('2')).toEqual(await stepsWith('1'));
  });

  it('fails where random runs miss what they should find', async () => {
    const { code, stdout } = await run([...random, 'unfenced-fetch', '--time-limit', '1ms']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^missed {2}unfenced-fetch {2}0 of 3 seeds/);
    expect(stdout).toContain('0 of 1 defect found by random runs alone; 1 missed');
  });

  it('names the other way where one is known', async () => {
    const { code, stdout } = await run([
      ...random,
      'removed-leader-counted',
      '--time-limit',
      '1ms',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^beyond {2}removed-leader-counted {2}0 of 3 seeds/);
    expect(stdout).toContain('found by: directed scenario');
  });

  it('ends with 130 when it is interrupted', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const { code, stdout } = await run([...random, 'reads-to-log-end'], { interrupt });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^interrupted {2}reads-to-log-end/);
  });

  it.each([
    [['--out', 'somewhere'], '--out does not go with --random'],
    [['--reporter', 'github'], '--reporter does not go with --random'],
    [['--seeds', '0'], 'seeds'],
  ])('refuses %j', async (more, message) => {
    const { code, stderr } = await run([...random, 'reads-to-log-end', ...more]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses --seeds without --random', async () => {
    const { code, stderr } = await run(['defects', 'reads-to-log-end', '--seeds', '3']);
    expect(code).toBe(2);
    expect(stderr).toContain('--seeds belongs to --random');
  });
});

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 3],
    [[], 0],
  ])('of %j is %i', (numbers, middle) => {
    expect(median(numbers)).toBe(middle);
  });
});
