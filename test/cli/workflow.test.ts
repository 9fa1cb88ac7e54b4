import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Commentary } from '../../application/commentary.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { withDrawnSeed } from '../../cli/options/random.ts';
import { programFor } from '../../cli/program.ts';
import { at, recordingOutput } from './runInProcess.ts';

function textOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** The code blocks of a Markdown text in this language. */
function blocksIn(markdown: string, language: string): string[] {
  const blocks = markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return [...blocks].map(([, block = '']) => block);
}

/** The arguments of every call of the program, with a number for each expression of GitHub. */
function callsIn(text: string): string[][] {
  const calls = text.matchAll(
    /(?:npx highwater|node cli\/highwater\.mjs|-s highwater --) ([^\n']*)/g,
  );
  return [...calls].map(([, rest = '']) =>
    rest
      .replace(/\$\{\{[^}]*\}\}/g, '1')
      .trim()
      .split(/ +/),
  );
}

/** Reads a command line as the program does, and runs nothing. */
async function parsed(argv: readonly string[]): Promise<string> {
  const [stdout, stderr] = [recordingOutput(), recordingOutput()];
  const interrupt = new InterruptFlag();
  const project = plainProject();
  const commentary = new Commentary(project.models);
  const io = { stdout, stderr, interrupt, env: {}, argv, project, commentary, finish() {} };
  const program = await programFor(io, argv);
  let reached = '';
  const silence = (command: Command): void => {
    command.action(() => {
      reached = command.name();
    });
    command.commands.forEach(silence);
  };
  program.commands.forEach(silence);
  await program.parseAsync([...withDrawnSeed(argv).argv], { from: 'user' });
  return reached;
}

const workflow = textOf('.github/workflows/highwater.yml');
const page = textOf('docs/ci.md');
const workflows: [string, string][] = [
  ['of this repository', workflow],
  ...blocksIn(page, 'yaml').map((block): [string, string] => ['to copy', block]),
];

describe.each(workflows)('the workflow %s', (_, text) => {
  const document: unknown = parse(text);
  // What is too long for every change is tests, which only this repository has.
  const jobs = Object.entries(Object(at(document, 'jobs'))).filter(([name]) => name !== 'long');

  it('has a job for changes and one for the night', () => {
    expect(jobs.map(([name]) => name)).toEqual(['check', 'nightly']);
    expect(at(document, 'on', 'schedule', 0, 'cron')).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(at(document, 'permissions')).toEqual({ contents: 'read' });
  });

  it('checks changes with a fixed seed and the night with a drawn one, in shards', () => {
    const callsOf = (job: unknown): string => callsIn(JSON.stringify(job, null, 1)).join('\n');
    const [changes = '', night = ''] = jobs.map(([, job]) => callsOf(job));
    expect(changes).not.toContain('random');
    expect(changes).toContain('--budget');
    expect(night).toContain('--seed,random');
    expect(night).toContain('--shard,1/4');
    expect(at(jobs[1]?.[1], 'strategy', 'matrix', 'shard')).toEqual([1, 2, 3, 4]);
  });

  it('keeps reports and traces, also when a check failed', () => {
    for (const [, job] of jobs) {
      const steps = Object.values(Object(at(job, 'steps')));
      const last = steps.at(-1);
      expect(at(last, 'uses')).toMatch(/^actions\/upload-artifact@v\d+$/);
      expect(at(last, 'if')).toContain('!cancelled()');
      expect(at(job, 'timeout-minutes')).toBeGreaterThan(0);
    }
  });

  it('uses actions of a major version', () => {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(4);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });
});

describe('the commands of workflows and of the page on CI', () => {
  const calls = [workflow, page].flatMap(callsIn);

  it('are found', () => {
    expect(calls.length).toBeGreaterThanOrEqual(7);
  });

  it.each(calls.map(call => [call.join(' ')]))('%s', async call => {
    expect(await parsed(call.split(' '))).toBe(call.split(' ')[0]);
  });

  it.each(['check --budgets 5m', 'check --shard 5/4', 'simulate', 'chek'])(
    'would not be taken if one were "%s"',
    async call => {
      await expect(parsed(call.split(' '))).rejects.toThrow();
    },
  );
});
