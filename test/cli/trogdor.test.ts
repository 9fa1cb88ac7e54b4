import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileIn, temporaryFolder } from './folder.ts';
import { run } from './runInProcess.ts';

const trace = (name: string): string =>
  fileURLToPath(new URL(`../../traces/${name}.trace.json`, import.meta.url));
const specs = JSON.stringify({
  class: 'org.apache.kafka.trogdor.fault.ProcessStopFaultSpec',
  ...{ startMs: 0, durationMs: 3000, nodeNames: ['node1'], javaProcessName: 'kafka.Kafka' },
});

describe('trogdor', () => {
  it('reads specs as steps, and names a scope in which they may happen', async () => {
    const file = fileIn(temporaryFolder(), 'specs.json', specs);
    const { code, stdout } = await run(['trogdor', file]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      '       0 ms  pause(broker=1)\n' +
        '    3000 ms  resume(broker=1)\n' +
        '\n' +
        'highwater explore replication --set brokers=3 --bound pauses=1\n',
    );
    const { stdout: json } = await run(['trogdor', file, '--json']);
    expect(JSON.parse(json)).toMatchObject({ brokers: 3, bounds: { pauses: 1 } });
  });

  it('writes a trace as specs, and says what Trogdor has nothing for', async () => {
    const name = 'guarantees/4.4-minisr2-crash--leader-acknowledged-records-survive';
    const { code, stdout, stderr } = await run(['trogdor', trace(name)]);
    expect(code).toBe(0);
    const classes = JSON.parse(stdout).map((each: { class: string }) =>
      each.class.split('.').at(-1),
    );
    expect(classes).toEqual([
      ...['NetworkPartitionFaultSpec', 'NetworkPartitionFaultSpec', 'ProduceBenchSpec'],
    ]);
    expect(stderr).toBe('left out: Trogdor does not crash(broker=1)\n');
  });

  it('refuses what a real cluster cannot be made to do', async () => {
    const { code, stderr } = await run(['trogdor', trace('double-vote--one-leader-per-epoch')]);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be steered: it is a trace of kraft');
  });
});
