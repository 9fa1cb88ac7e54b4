import { useState } from 'preact/hooks';
import type { TaskResult } from '../../../application/tasks/task.ts';
import { StoryButton } from '../story/StoryButton.tsx';
import { StoryPanel } from '../story/StoryPanel.tsx';
import { saveFile } from '../story/save.ts';

/** What an exploration came to: the verdict, each property, its stories, and what was seen how often. */
export function ResultView({ found }: { readonly found: TaskResult }) {
  const { result, traces, seconds, failure } = found;
  const [opened, setOpened] = useState<number | undefined>(traces.length > 0 ? 0 : undefined);
  const story = opened === undefined ? undefined : traces[opened];
  return (
    <article class="answer" aria-label="Result">
      <p class={`verdict ${result.verdict.replaceAll(' ', '-')}`} role="status">
        <strong>{result.verdict}</strong> {extentOf(found)}, in {seconds.toFixed(1)} s
      </p>
      {failure !== undefined && <p class="failure">{failure.message}</p>}
      {story !== undefined && (
        <section aria-label={`Story: ${story.property.name}`}>
          <h2>
            Story{' '}
            <button
              class="more"
              type="button"
              onClick={() => saveFile(fileOf(story), 'application/json', textOf(story))}
            >
              save the trace
            </button>
          </h2>
          <StoryPanel key={opened} name={story.property.name} trace={story} />
        </section>
      )}
      <VerdictTable found={found} opened={opened} open={setOpened} />
      <Coverage found={found} />
    </article>
  );
}

type Trace = TaskResult['traces'][number];

function fileOf({ model, property }: Trace): string {
  return `${model.name}--${property.name}.trace.json`;
}

function textOf(trace: Trace): string {
  return `${JSON.stringify(trace, null, 2)}\n`;
}

function extentOf({ result }: TaskResult): string {
  const { distinctStates, generatedStates, depth, runs, engine, stopped } = result;
  const states = `${count(distinctStates)} distinct states, ${count(generatedStates)} generated`;
  const end = stopped === undefined ? '' : `; ended by the ${stopped}`;
  return engine === 'simulate'
    ? `${count(runs ?? 0)} runs, ${states}, the longest of ${depth} steps${end}`
    : `${states}, depth ${depth}${stopped === undefined ? ', all of the scope' : ''}${end}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

interface VerdictTableProps {
  readonly found: TaskResult;
  readonly opened: number | undefined;
  readonly open: (trace: number) => void;
}

const tones = new Map([
  ['violated', 'red'],
  ['holds', 'green'],
  ['reached', 'green'],
  ['inconclusive', 'yellow'],
  ['vacuous', 'yellow'],
  ['unreached', 'yellow'],
]);

function VerdictTable({ found: { result, traces }, opened, open }: VerdictTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on a phone, also by keyboard
    <div class="scroll" tabIndex={0}>
      <table class="verdicts">
        <caption>What was asked of it</caption>
        <thead>
          <tr>
            <th scope="col">property</th>
            <th scope="col">verdict</th>
            <th scope="col">looked at</th>
          </tr>
        </thead>
        <tbody>
          {gravestFirst(result.properties).map(({ name, verdict, evaluated }) => {
            const story = traces.findIndex(trace => trace.property.name === name);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class={tones.get(verdict) ?? ''}>
                  {verdict}{' '}
                  {story >= 0 && <StoryButton story={story} opened={opened} open={open} />}
                </td>
                <td>{count(evaluated)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type Reports = TaskResult['result']['properties'];

/** What broke first; the others in their order. */
function gravestFirst(properties: Reports): Reports {
  const broken = properties.filter(({ verdict }) => verdict === 'violated');
  return [...broken, ...properties.filter(({ verdict }) => verdict !== 'violated')];
}

function Coverage({ found: { result } }: { readonly found: TaskResult }) {
  const { actions, transitions } = result.coverage;
  const list = (counts: Readonly<Record<string, number>>) => (
    <ul class="coverage">
      {Object.entries(counts).map(([name, times]) => (
        <li key={name} class={times === 0 ? 'never' : ''}>
          {name}: {times === 0 ? 'never' : count(times)}
        </li>
      ))}
    </ul>
  );
  return (
    <details>
      <summary>coverage: how often each action and transition was taken</summary>
      {list(actions)}
      {list(transitions)}
    </details>
  );
}
