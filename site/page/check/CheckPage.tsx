import { useState } from 'preact/hooks';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { ProgressLine } from '../engine/ProgressLine.tsx';
import { useWork } from '../engine/useWork.ts';
import { Frame } from '../frame/Frame.tsx';
import { AnswerView } from './AnswerView.tsx';
import type { Example } from './examples.ts';
import { FileInput } from './FileInput.tsx';

interface CheckPageProps {
  readonly examples: readonly Example[];
}

const lead =
  'What can this cluster lose, and what stops, when something of it fails? Give it the files that describe the ' +
  'cluster. They are read and explored in this page: nothing is sent anywhere, and nothing is kept.';

const noFile: readonly ConfigFile[] = [{ name: 'pasted', text: '' }];

/** Files of a cluster go in, and what it can lose comes out. */
export function CheckPage({ examples }: CheckPageProps) {
  const [files, setFiles] = useState(noFile);
  const [version, setVersion] = useState('');
  const [brokers, setBrokers] = useState('');
  const { isRunning, at, answer, failure, begin, cancel } = useWork<'check'>();
  const given = files.filter(({ text }) => text.trim() !== '');
  const check = (): void =>
    begin({
      kind: 'check',
      files: given,
      ...(version === '' ? {} : { kafkaVersion: version }),
      ...(/^[1-9]\d*$/.test(brokers) ? { brokers: Number(brokers) } : {}),
    });
  return (
    <Frame file="check.html" lead={lead}>
      <FileInput files={files} examples={examples} change={setFiles} />
      <fieldset class="line">
        <label>
          Kafka's version, where no file tells it{' '}
          <input
            size={6}
            value={version}
            placeholder="4.1"
            onInput={event => setVersion(event.currentTarget.value.trim())}
          />
        </label>
        <label>
          brokers, where no file tells{' '}
          <input
            size={3}
            inputMode="numeric"
            value={brokers}
            onInput={event => setBrokers(event.currentTarget.value.trim())}
          />
        </label>
        <button class="main" type="button" disabled={given.length === 0} onClick={check}>
          Check
        </button>
      </fieldset>
      {isRunning && <ProgressLine at={at} cancel={cancel} />}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure.message}
        </p>
      )}
      {answer !== undefined && <AnswerView report={answer} isRunning={isRunning} />}
    </Frame>
  );
}
