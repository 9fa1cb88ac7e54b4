import { useState } from 'preact/hooks';
import { ProgressLine } from '../engine/ProgressLine.tsx';
import { useWork } from '../engine/useWork.ts';
import { usualRequest } from '../explore/request.ts';
import { Frame } from '../frame/Frame.tsx';
import { ResultView } from '../results/ResultView.tsx';
import { Editor } from './Editor.tsx';
import { hashOfCode } from './link.ts';
import { ownProgram, type Problem, problemOf } from './ownProgram.ts';

/** A model to begin from. */
export interface ModelExample {
  readonly title: string;
  readonly text: string;
}

interface WritePageProps {
  readonly examples: readonly ModelExample[];
  readonly first: string;
}

const lead =
  'Write a model of your own protocol: its state, its actions, and what must hold. Every state is looked at, ' +
  'and what breaks comes back as the shortest story. It runs in a worker of this page, which can be ended at any time.';

/** A model is written, and explored. */
export function WritePage({ examples, first }: WritePageProps) {
  const [begun, setBegun] = useState(first);
  const [code, setCode] = useState(first);
  const [wrong, setWrong] = useState<Problem>();
  const { isRunning, at, answer, failure, begin, cancel } = useWork<'exploreOwn'>();
  const open = (text: string): void => {
    setBegun(text);
    setCode(text);
    setWrong(undefined);
  };
  const explore = (engine: 'exhaustive' | 'random'): void => {
    const own = ownProgram(code);
    setWrong(own.problem);
    if (own.problem !== undefined) return;
    const { model: _, ...request } = usualRequest;
    begin({ kind: 'exploreOwn', request: { ...request, engine } }, own.program);
  };
  const share = async (): Promise<void> => history.replaceState(null, '', await hashOfCode(code));
  const problem = wrong ?? (failure === undefined ? undefined : problemOf(failure, code));
  return (
    <Frame file="write.html" lead={lead}>
      <p class="examples">
        Begin from{' '}
        {examples.map(({ title, text }) => (
          <button key={title} type="button" onClick={() => open(text)}>
            {title}
          </button>
        ))}
      </p>
      <Editor code={begun} problem={problem} change={setCode} />
      <p class="line">
        <button class="main" type="button" onClick={() => explore('exhaustive')}>
          Explore
        </button>
        <button type="button" onClick={() => explore('random')}>
          play at random
        </button>
        <button type="button" onClick={() => void share()}>
          put it into the address, to share
        </button>
        <a href="docs/extending.html">how a model is written</a>
      </p>
      {isRunning && <ProgressLine at={at} cancel={cancel} />}
      {problem !== undefined && (
        <p class="failure" role="alert">
          {problem.line === undefined ? '' : `line ${problem.line}: `}
          {problem.message}
        </p>
      )}
      {answer !== undefined && <ResultView found={answer} />}
    </Frame>
  );
}
