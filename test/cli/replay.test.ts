import { beforeAll, describe, expect, it } from 'vitest';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile, TraceJson } from '../../checker/trace/traceFile.ts';
import { defectTrace } from './defectTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const folder = temporaryFolder();
let original: TraceFile;
let early: TraceFile;

beforeAll(async () => {
  original = await defectTrace('reads-to-log-end');
  early = await defectTrace('acknowledged-before-replication');
});

/** The path of a file with a changed copy of a trace. */
function changed(name: string, trace: TraceFile, change: (copy: TraceFile) => void): string {
  const copy = structuredClone(trace);
  change(copy);
  return fileIn(folder, `${name}.trace.json`, writeTrace(copy));
}

function firstStep(trace: TraceFile): TraceFile['steps'][number] {
  const [step] = trace.steps;
  if (step === undefined) throw new Error('the trace has no steps');
  return step;
}

async function outcomeOf(path: string): Promise<{ code: number; replay: unknown }> {
  const { code, stdout } = await run(['replay', path, '--json']);
  return { code, replay: at(JSON.parse(stdout), 'replays', 0) };
}

describe('replay: the four words', () => {
  it('reproduced, and exit code 0, where the steps still break the property', async () => {
    const path = changed('same', original, () => undefined);
    const { code, stdout } = await run(['replay', path]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${path}: reproduced at step 2 of 2`);
    expect(stdout).toContain('a consumer read offset 0 from broker-1');
  });

  it('reproduced, and where the state first differs, when a fingerprint is another', async () => {
    const path = changed('differs', original, trace => {
      firstStep(trace).fingerprint = '0123456789abcdef';
    });
    const { code, replay } = await outcomeOf(path);
    expect(code).toBe(0);
    expect(replay).toMatchObject({ outcome: 'reproduced', differsFrom: 1 });
    expect((await run(['replay', path])).stdout).toContain('from step 1 on');
  });

  it('fixed, and exit code 5, where all steps can be taken and the property holds', async () => {
    const path = changed('fixed', early, trace => {
      trace.model.defects = [];
    });
    const { code, replay } = await outcomeOf(path);
    expect(code).toBe(5);
    expect(replay).toMatchObject({ outcome: 'fixed', step: early.steps.length });
  });

  it('diverged, and exit code 5, with the words of the guard that is false', async () => {
    const path = changed('diverged', original, trace => {
      const first = firstStep(trace);
      trace.steps = [first, { ...first }, ...trace.steps.slice(1)];
    });
    const { code, replay } = await outcomeOf(path);
    expect(code).toBe(5);
    expect(replay).toMatchObject({
      outcome: 'diverged',
      step: 2,
      reason: 'produce(acks=all, leader=broker-1): no records are left in this scope',
    });
  });

  it.each<[string, (trace: TraceFile) => void, string]>([
    [
      'a renamed action',
      trace => {
        firstStep(trace).action = 'produced';
      },
      'no action produced(',
    ],
    [
      'an unknown argument',
      trace => {
        firstStep(trace).params['leader'] = 'broker-9';
      },
      'leader=broker-9',
    ],
    [
      'a missing argument',
      trace => {
        firstStep(trace).params = {};
      },
      'no action produce()',
    ],
    [
      'an argument of prototype',
      trace => {
        firstStep(trace).params = ownKey('__proto__', 'x');
      },
      'no action produce(',
    ],
    [
      'an action of prototype',
      trace => {
        firstStep(trace).action = 'constructor';
      },
      'no action constructor(',
    ],
    [
      'an unknown model',
      trace => {
        trace.model.name = 'replicaton';
      },
      'unknown model',
    ],
    [
      'a model of prototype',
      trace => {
        trace.model.name = '__proto__';
      },
      'unknown model',
    ],
    [
      'another version',
      trace => {
        trace.model.version = 99;
      },
      'version 99',
    ],
    [
      'an unknown property',
      trace => {
        trace.property.name = 'toString';
      },
      'no property "toString"',
    ],
    [
      'an unknown defect',
      trace => {
        trace.model.defects = ['x'];
      },
      'unknown defect',
    ],
    [
      'an unknown setting',
      trace => {
        trace.model.config['x'] = 1;
      },
      'unknown setting',
    ],
    [
      'a setting of prototype',
      trace => {
        trace.model.config = ownKey('__proto__', 1);
      },
      'unknown setting',
    ],
    [
      'a setting of another kind',
      trace => {
        trace.model.config['brokers'] = {};
      },
      'the trace sets brokers',
    ],
    [
      'a setting out of range',
      trace => {
        trace.model.config['brokers'] = 1e9;
      },
      'brokers: expected',
    ],
    [
      'an unknown bound',
      trace => {
        trace.model.bounds['x'] = 1;
      },
      'unknown bound',
    ],
    [
      'a bound out of range',
      trace => {
        trace.model.bounds['records'] = 1e9;
      },
      'records: expected',
    ],
    [
      'a fraction as bound',
      trace => {
        trace.model.bounds['records'] = 0.5;
      },
      'records: expected',
    ],
    [
      'an unknown initial state',
      trace => {
        trace.initial.index = 7;
      },
      'no such initial state',
    ],
  ])('not-applicable, and exit code 5: %s', async (name, change, reason) => {
    const { code, replay } = await outcomeOf(changed(name, original, change));
    expect(code).toBe(5);
    expect(at(replay, 'outcome')).toBe('not-applicable');
    expect(at(replay, 'reason')).toContain(reason);
  });

  it('is 0 only if every trace is reproduced', async () => {
    const good = changed('good', original, () => undefined);
    const bad = changed('bad', original, trace => {
      trace.model.version = 99;
    });
    expect((await run(['replay', good, good])).code).toBe(0);
    const { code, stdout } = await run(['replay', good, bad]);
    expect(code).toBe(5);
    expect(stdout).toContain('reproduced');
    expect(stdout).toContain('not-applicable');
  });
});

/** An object whose own key may be one of Object.prototype, as JSON.parse makes them. */
function ownKey<Value extends TraceJson>(key: string, value: Value): { [key: string]: Value } {
  return Object.fromEntries([[key, value]]);
}

describe('replay: files that cannot be read', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'found nothing'],
    ['white space', ' \n', 'found nothing'],
    ['no JSON', '{', 'expected JSON'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    ['no object', '7', 'expected "highwater-trace"'],
    ['another format', '{"format": "itf"}', 'found "itf"'],
    [
      'another format version',
      '{"format": "highwater-trace", "formatVersion": 2}',
      'expected version 1',
    ],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'levels of nesting'],
    ['a huge file', ' '.repeat(16 * 1024 * 1024 + 1), 'expected at most'],
  ])('%s', async (name, content, expected) => {
    const path = fileIn(folder, `${name}.json`, content);
    for (const command of ['replay', 'show']) {
      const { code, stdout, stderr } = await run([command, path]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^highwater: .*\n$/);
      expect(stderr).toContain(expected);
      expect(stderr).toContain(path);
    }
  });

  it('names a file that is not there, and replays the others', async () => {
    const good = changed('other', original, () => undefined);
    const { code, stdout, stderr } = await run(['replay', '/nowhere', good, folder]);
    expect(code).toBe(2);
    expect(stdout).toContain('reproduced');
    expect(stderr).toContain('/nowhere: the file: cannot be read: there is no such file');
    expect(stderr).toContain(`${folder}: the file: cannot be read: it is a folder`);
  });

  it.skipIf(process.platform === 'win32')('does not read a device without end', async () => {
    const { code, stdout, stderr } = await run(['replay', '/dev/zero']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('/dev/zero: the file: expected at most');
  });

  it('lists them in JSON', async () => {
    const { code, stdout } = await run(['replay', '/nowhere', '--json']);
    expect(code).toBe(2);
    expect(at(JSON.parse(stdout), 'unreadable', 0, 'file')).toBe('/nowhere');
  });
});

describe('show', () => {
  it('shows a trace from its file alone, whether or not there is such a model', async () => {
    const path = changed('elsewhere', original, trace => {
      trace.model.name = 'unheard-of';
    });
    const { code, stdout } = await run(['show', path]);
    expect(code).toBe(0);
    expect(stdout).toContain(`unheard-of, version ${original.model.version}`);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(
      `-- replay '${path}'`.replaceAll("'", ''),
    );
  });

  it('prints the trace itself as JSON', async () => {
    const path = changed('json', original, () => undefined);
    for (const flags of [['--json'], ['--format', 'json']]) {
      expect((await run(['show', path, ...flags])).stdout).toBe(writeTrace(original));
    }
  });

  it('colours on a terminal that wants it, and not with --no-color', async () => {
    const path = changed('colour', original, () => undefined);
    const colour = await run(['show', path], { colour: true });
    expect(colour.stdout).toContain('\u001b[31m');
    const plain = await run(['show', path, '--no-color'], { colour: true });
    expect(plain.stdout).not.toContain('\u001b');
  });
});
