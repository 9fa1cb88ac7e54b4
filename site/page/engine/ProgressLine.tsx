import type { EngineProgress } from '../../engine/messages.ts';

interface ProgressLineProps {
  readonly at: EngineProgress | undefined;
  readonly cancel: () => void;
}

/** How far the engine has come, and a way to end it. */
export function ProgressLine({ at, cancel }: ProgressLineProps) {
  return (
    <div class="progress">
      <progress aria-label="exploring" max={at?.of ?? 1} value={at === undefined ? 0 : at.done} />
      <span>{at === undefined ? 'starting the engine' : textOf(at)}</span>
      <button type="button" onClick={cancel}>
        stop
      </button>
    </div>
  );
}

function textOf({ done, of, progress }: EngineProgress): string {
  const scopes = of > 1 ? `${done} of ${of} scopes done; ` : '';
  const { distinctStates, depth, pending, engine, bytes } = progress;
  const left = engine === 'simulate' ? `${pending} runs left` : `depth ${depth}`;
  const megabytes = Math.round(bytes / 2 ** 20);
  return `${scopes}${distinctStates.toLocaleString('en')} states, ${left}, ${megabytes} MB`;
}
