import { useEffect, useState } from 'preact/hooks';
import type { ExploreRequest } from '../../engine/messages.ts';
import type { ModelSheet } from '../../engine/modelSheet.ts';
import { ProgressLine } from '../engine/ProgressLine.tsx';
import { useWork } from '../engine/useWork.ts';
import { Frame } from '../frame/Frame.tsx';
import { ResultView } from '../results/ResultView.tsx';
import { BoundFields } from './BoundFields.tsx';
import { EngineFields } from './EngineFields.tsx';
import type { FieldsProps } from './fieldsProps.ts';
import { commandOf, hashOfRequest, requestOfHash, usualRequest } from './request.ts';
import { SettingFields } from './SettingFields.tsx';

interface ExplorePageProps {
  readonly models: readonly ModelSheet[];
  readonly first: ExploreRequest;
}

const lead =
  'Choose a model of Kafka, what happens in it, a release and, if you like, a bug that Kafka or Raft had. ' +
  'Every state is looked at, or runs are drawn at random; what breaks comes back as the shortest story. ' +
  'All of it runs in this page.';

/** A model is chosen with its settings, and explored. */
export function ExplorePage({ models, first }: ExplorePageProps) {
  const [request, setRequest] = useState(first);
  const { isRunning, at, answer, failure, begin, cancel } = useWork<'explore'>();
  useEffect(() => {
    const follow = (): void => setRequest(known => requestOfHash(location.hash) ?? known);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const model = models.find(({ name }) => name === request.model) ?? models[0];
  if (model === undefined) return null;
  const change = (part: Partial<ExploreRequest>): void => setRequest({ ...request, ...part });
  const explore = (): void => {
    history.replaceState(null, '', hashOfRequest(request));
    begin({ kind: 'explore', request });
  };
  return (
    <Frame file="explore.html" lead={lead}>
      <div class="line">
        <label>
          model{' '}
          <select
            value={model.name}
            onChange={event => setRequest({ ...usualRequest, model: event.currentTarget.value })}
          >
            {models.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span class="note">{model.summary}</span>
      </div>
      <EngineFields request={request} model={model} change={change} />
      <DefectField request={request} model={model} change={change} />
      <details open={Object.keys(request.settings).length > 0}>
        <summary>settings, also the release</summary>
        <SettingFields request={request} model={model} change={change} />
      </details>
      <details open={Object.keys(request.bounds).length > 0}>
        <summary>bounds: how often what happens</summary>
        <BoundFields request={request} model={model} change={change} />
      </details>
      <p class="line">
        <button class="main" type="button" onClick={explore}>
          Explore
        </button>
        <code>{commandOf(request)}</code>
      </p>
      {isRunning && <ProgressLine at={at} cancel={cancel} />}
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure.message}
        </p>
      )}
      {answer !== undefined && <ResultView found={answer} />}
    </Frame>
  );
}

function DefectField({ request, model, change }: FieldsProps) {
  const [name = ''] = request.defects;
  const chosen = model.defects.find(defect => defect.name === name);
  const choose = (to: string): void => {
    const unmasked = model.defects.find(defect => defect.name === to)?.unmaskedBy ?? null;
    // The defect brings the scope in which it is noticed.
    change({
      defects: [to, unmasked ?? ''].filter(each => each !== ''),
      settings: {},
      bounds: {},
    });
  };
  return (
    <div class="line">
      <label>
        bug{' '}
        <select value={name} onChange={event => choose(event.currentTarget.value)}>
          <option value="">none</option>
          {model.defects.map(defect => (
            <option key={defect.name}>{defect.name}</option>
          ))}
        </select>
      </label>
      {chosen !== undefined && (
        <span class="note">
          {chosen.statement} ({chosen.source}; noticed by {chosen.caughtBy})
        </span>
      )}
    </div>
  );
}
