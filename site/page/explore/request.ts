import type { ExploreRequest } from '../../engine/messages.ts';

/** What is explored where nobody says anything else. */
export const usualRequest: ExploreRequest = {
  model: 'replication',
  engine: 'exhaustive',
  settings: {},
  bounds: {},
  defects: [],
  seed: 1,
  runs: 1000,
  maxSteps: 200,
  maxStates: 300_000,
};

const numbers = ['seed', 'runs', 'maxSteps', 'maxStates'] as const;

/**
 * A link to a request: `#model=kraft&set.voters=3&bound.epochs=2&defect=double-vote&seed=7`. What is as usual is left
 * out.
 */
export function hashOfRequest(request: ExploreRequest): string {
  const { model, engine, settings, bounds, defects } = request;
  const parts: [string, string][] = [
    ['model', model],
    ...(engine === usualRequest.engine ? [] : [['engine', engine] as [string, string]]),
    ...pairs('set', settings),
    ...pairs('bound', bounds),
    ...defects.map((name): [string, string] => ['defect', name]),
    ...numbers.flatMap((name): [string, string][] =>
      request[name] === usualRequest[name] ? [] : [[name, String(request[name])]],
    ),
  ];
  return `#${new URLSearchParams(parts)}`;
}

function pairs(
  kind: 'set' | 'bound',
  named: Readonly<Record<string, string | number>>,
): [string, string][] {
  return Object.entries(named).map(([name, value]) => [`${kind}.${name}`, String(value)]);
}

/** The request of a link; undefined where the link says none. What it says wrongly the engine refuses. */
export function requestOfHash(hash: string): ExploreRequest | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const model = parameters.get('model');
  if (model === null) return undefined;
  const named = (kind: string): [string, string][] =>
    [...parameters].flatMap(([key, value]) =>
      key.startsWith(`${kind}.`) ? [[key.slice(kind.length + 1), value]] : [],
    );
  const numberOf = (name: (typeof numbers)[number]): number => {
    const text = parameters.get(name) ?? '';
    return /^\d{1,12}$/.test(text) ? Number(text) : usualRequest[name];
  };
  return {
    model,
    engine: parameters.get('engine') === 'random' ? 'random' : 'exhaustive',
    settings: Object.fromEntries(named('set')),
    bounds: Object.fromEntries(named('bound').map(([name, value]) => [name, Number(value)])),
    defects: parameters.getAll('defect'),
    seed: numberOf('seed'),
    runs: numberOf('runs'),
    maxSteps: numberOf('maxSteps'),
    maxStates: numberOf('maxStates'),
  };
}

/** What the command line is told for the same. */
export function commandOf(request: ExploreRequest): string {
  const { model, engine, settings, bounds, defects, seed, runs, maxSteps, maxStates } = request;
  const words = [
    engine === 'random' ? 'simulate' : 'explore',
    model,
    ...Object.entries(settings).map(([name, value]) => `--set ${name}=${value}`),
    ...Object.entries(bounds).map(([name, value]) => `--bound ${name}=${value}`),
    ...defects.map(name => `--defect ${name}`),
    ...(engine === 'random'
      ? [`--seed ${seed}`, `--runs ${runs}`, `--max-steps ${maxSteps}`]
      : [`--max-states ${maxStates}`]),
    '--keep-going',
  ];
  return `npx highwater ${words.join(' ')}`;
}
