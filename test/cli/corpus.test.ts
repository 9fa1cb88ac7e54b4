import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayTrace } from '../../application/tasks/replayTrace.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { corpusLines } from '../../cli/check/corpusText.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { isLong } from '../long.ts';
import { defectTrace } from './defectTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { needlessFetch } from './needlessFetch.ts';
import { at, run } from './runInProcess.ts';

const folder = temporaryFolder();
let original: TraceFile;
let folders = 0;

beforeAll(async () => {
  original = await defectTrace('reads-to-log-end');
});

/** A folder of its own with these traces, by name. */
function corpusOf(traces: Readonly<Record<string, TraceFile>>): string {
  const corpus = join(folder, `corpus-${++folders}`);
  mkdirSync(corpus);
  for (const [name, trace] of Object.entries(traces)) store(corpus, name, trace);
  return corpus;
}

function store(corpus: string, name: string, trace: TraceFile): string {
  return fileIn(corpus, `${name}.trace.json`, writeTrace(trace));
}

/** The trace after the model has changed under it. */
function changed(change: (copy: TraceFile) => void, trace = original): TraceFile {
  const copy = structuredClone(trace);
  change(copy);
  return copy;
}

/** As if the action of the first step had another name by now. */
function renamed(): TraceFile {
  return changed(trace => {
    for (const step of trace.steps.slice(0, 1)) step.action = 'append';
  });
}

/** With steps that the failure does not need. */
function longer(): TraceFile {
  return changed(trace => {
    trace.steps.unshift(needlessFetch(trace));
  });
}

/** As if the failure could not happen any more. */
function gone(): TraceFile {
  return changed(trace => {
    trace.model.defects = [];
  });
}

describe('corpus list', () => {
  it('shows each trace with its word, and exits 5 where one is not reproduced', async () => {
    const corpus = corpusOf({ good: original, gone: gone(), renamed: renamed() });
    const { code, stdout } = await run(['corpus', 'list', corpus], { columns: 120 });
    expect(code).toBe(5);
    const rows = stdout.split('\n').map(row => row.trim().split(/ {2,}/));
    const property = original.property.name;
    expect(rows).toContainEqual([
      'good.trace.json',
      property,
      'reads-to-log-end',
      String(original.steps.length),
      'reproduced',
    ]);
    expect(rows.map(row => row.at(-1))).toContain('diverged');
    expect(rows.map(row => row.at(-1))).toContain('not-applicable');
    expect(stdout).toContain('1 of 3 traces reproduced');
  });

  it('exits 0 where all are reproduced, as a document too', async () => {
    const corpus = corpusOf({ good: original });
    const { code, stdout } = await run(['corpus', 'list', corpus, '--json']);
    expect(code).toBe(0);
    expect(at(JSON.parse(stdout), 'traces', 0)).toMatchObject({
      property: original.property.name,
      outcome: 'reproduced',
    });
  });

  it('names the model alone where it has neither defects nor settings', async () => {
    const corpus = corpusOf({
      bare: { ...original, model: { ...original.model, config: {}, defects: [] } },
    });
    const { stdout } = await run(['corpus', 'list', corpus], { columns: 120 });
    expect(stdout).toMatch(/^bare\.trace\.json +\S+ +replication +\d/m);
  });

  // It replays every trace that is stored.
  it.runIf(isLong)('is about the folder traces where none is named', async () => {
    const { stdout } = await run(['corpus', 'list', '--json']);
    expect(at(JSON.parse(stdout), 'folder')).toBe('traces');
  });

  it.each([
    ['list', []],
    ['renew', ['--traces']],
  ])('ends with 2 where the folder that %s is given is not there', async (command, flag) => {
    const none = join(folder, 'none');
    const { code, stderr } = await run(['corpus', command, ...flag, none]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `highwater: ${none}: there is no such folder [unreadable-input]\n`,
    });
  });

  it('says that there is nothing, and names a file that is no trace', async () => {
    const { code, stdout } = await run(['corpus', 'list', corpusOf({})]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain('holds no traces');
    const corpus = corpusOf({ good: original });
    const path = fileIn(corpus, 'bad.trace.json', '[]');
    const { code: usage, stderr } = await run(['corpus', 'list', corpus]);
    expect(usage).toBe(2);
    expect(stderr).toContain(path);
  });
});

describe('corpus add', () => {
  it('shortens a trace, and names its file after the failure', async () => {
    const corpus = corpusOf({});
    const given = store(corpusOf({}), 'found', longer());
    const { code, stdout } = await run(['corpus', 'add', given, '--traces', corpus]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const [file = ''] = readdirSync(corpus);
    expect(file).toMatch(/^replication--reads-to-log-end--[a-z-]+--[0-9a-f]{8}\.trace\.json$/);
    const trace = readTraceFile(join(corpus, file));
    expect(trace.steps).toHaveLength(original.steps.length);
    expect(trace.explored.shortest).toBe(true);
    expect(stdout).toContain(`added as ${join(corpus, file)}, 2 steps`);
  });

  it('replaces a longer trace of the same failure, whatever its file is called', async () => {
    const corpus = corpusOf({ 'by-hand': longer() });
    const given = store(corpusOf({}), 'found', original);
    const { code, stdout } = await run(['corpus', 'add', given, '--traces', corpus]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain('2 steps instead of 3');
    expect(readdirSync(corpus)).toEqual(['by-hand.trace.json']);
    expect(readTraceFile(join(corpus, 'by-hand.trace.json')).steps).toHaveLength(2);
  });

  it('refuses one that is not shorter, and leaves the file alone', async () => {
    const corpus = corpusOf({ there: original });
    const before = readFileSync(join(corpus, 'there.trace.json'), 'utf8');
    const given = store(corpusOf({}), 'found', longer());
    const { code, stdout } = await run(['corpus', 'add', given, '--traces', corpus]);
    expect(code).toBe(2);
    expect(stdout).toContain('refused');
    expect(readdirSync(corpus)).toEqual(['there.trace.json']);
    expect(readFileSync(join(corpus, 'there.trace.json'), 'utf8')).toBe(before);
  });

  it('keeps two failures apart: another configuration is another failure', async () => {
    const corpus = corpusOf({ there: original });
    const other = changed(trace => {
      trace.model.config['flushEveryRecord'] = !trace.model.config['flushEveryRecord'];
    });
    const given = store(corpusOf({}), 'found', other);
    const { code, stdout } = await run(['corpus', 'add', given, '--traces', corpus]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(readdirSync(corpus)).toHaveLength(2);
  });

  it('takes only what is reproduced', async () => {
    const corpus = corpusOf({});
    const given = store(corpusOf({}), 'found', gone());
    const { code, stdout } = await run(['corpus', 'add', given, '--traces', corpus, '--json']);
    expect(code).toBe(5);
    expect(at(JSON.parse(stdout), 'traces', 0)).toMatchObject({
      result: 'not added',
      outcome: 'diverged',
      path: null,
    });
  });
});

describe('corpus renew', () => {
  it('leaves alone what is reproduced as it was recorded', async () => {
    const corpus = corpusOf({ good: original });
    const { code, stdout } = await run(['corpus', 'renew', '--traces', corpus]);
    expect(code).toBe(0);
    expect(stdout).toBe('1 trace: 1 as they were, 0 renewed, 0 not found again\n');
  });

  it('takes the steps again where only states differ, and finds renamed ones anew', async () => {
    const states = changed(trace => {
      for (const step of trace.steps) step.fingerprint = '0'.repeat(16);
    });
    const version = changed(trace => {
      trace.model.version += 1;
    });
    const corpus = corpusOf({ renamed: renamed(), states, version });
    const { code, stdout } = await run(['corpus', 'renew', '--traces', corpus]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain('renamed.trace.json: renewed by a new search, 2 steps (2 before)');
    expect(stdout).toMatch(/^ {2}- 1 {2}\S+ {2}append\(/m);
    expect(stdout).toMatch(/^ {2}\+ 1 {2}\S+ {2}produce\(/m);
    expect(stdout).toContain('states.trace.json: renewed by its own steps, 2 steps (2 before)');
    expect(stdout).toContain('version.trace.json: renewed by its own steps');
    expect(stdout).toContain('3 traces: 0 as they were, 3 renewed, 0 not found again');
    expect((await run(['replay', join(corpus, 'renamed.trace.json')])).code).toBe(0);
    expect((await run(['corpus', 'renew', '--traces', corpus])).stdout).toContain('3 as they were');
  });

  it('reports what is not found again, and removes it only when asked to', async () => {
    const limit = ['--time-limit', '300ms'];
    const corpus = corpusOf({ gone: gone() });
    const path = join(corpus, 'gone.trace.json');
    const { code, stdout } = await run(['corpus', 'renew', path, ...limit]);
    expect(code).toBe(5);
    expect(stdout).toContain('gone.trace.json: not found again: ');
    expect(readdirSync(corpus)).toEqual(['gone.trace.json']);
    const pruned = await run(['corpus', 'renew', path, '--prune', '--json', ...limit]);
    expect(pruned.code).toBe(0);
    expect(at(JSON.parse(pruned.stdout), 'traces', 0)).toMatchObject({
      result: 'not found',
      pruned: true,
    });
    expect(readdirSync(corpus)).toEqual([]);
  });

  it('cannot find what has no property or defect any more', async () => {
    const property = changed(trace => {
      trace.property.name = 'reads-nothing';
    });
    const defect = changed(trace => {
      trace.model.defects = ['forgotten'];
    });
    const corpus = corpusOf({ property, defect });
    const { code, stdout } = await run(['corpus', 'renew', '--traces', corpus]);
    expect(code).toBe(5);
    expect(stdout).toContain('there is no property "reads-nothing"');
    expect(stdout).toContain('unknown defect "forgotten"');
  });
});

describe('a trace that is not reproduced', () => {
  it('fails replay, which says, as check does, how to renew it', async () => {
    const corpus = corpusOf({ renamed: renamed() });
    const path = join(corpus, 'renamed.trace.json');
    const replayed = await run(['replay', path]);
    expect(replayed.code).toBe(5);
    expect(replayed.stdout).toContain(`highwater -- corpus renew ${path}`);
    const trace = readTraceFile(path);
    const outcome = replayTrace(trace, builtInModels);
    const lines = corpusLines({ corpus: [{ path, trace, outcome }], notReplayed: [] }, corpus, []);
    expect(lines.at(-1)).toContain(`highwater -- corpus renew --traces ${corpus}`);
  });
});
