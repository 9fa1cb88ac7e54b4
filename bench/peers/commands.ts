import fc from 'fast-check';

/*
 * Two-phase commit as a test with `fc.commands` has it: plain objects, a command for each action, and the property
 * after each step: commands <managers> <runs> <most commands>. Prints the steps that were taken as JSON.
 */
const [managers = 8, runs = 100, most = 100] = process.argv.slice(2).map(Number);

interface State {
  readonly managers: ('working' | 'prepared' | 'committed' | 'aborted')[];
  readonly heard: Set<number>;
  readonly prepared: Set<number>;
  decision: 'none' | 'committed' | 'aborted';
}

let steps = 0;

/** One action: when it is enabled, and what it changes. */
class Action implements fc.Command<State, State> {
  readonly #name: string;
  readonly #enabled: (state: Readonly<State>) => boolean;
  readonly #step: (state: State) => void;

  constructor(
    name: string,
    enabled: (state: Readonly<State>) => boolean,
    step: (state: State) => void,
  ) {
    this.#name = name;
    this.#enabled = enabled;
    this.#step = step;
  }

  check(state: Readonly<State>): boolean {
    return this.#enabled(state);
  }

  run(state: State): void {
    this.#step(state);
    steps++;
    if (state.managers.includes('aborted') && state.managers.includes('committed')) {
      throw new Error('one manager has committed, another aborted');
    }
  }

  toString(): string {
    return this.#name;
  }
}

function initialState(): State {
  const working = Array.from({ length: managers }, () => 'working' as const);
  return { managers: working, heard: new Set(), prepared: new Set(), decision: 'none' };
}

function actionsOf(by: number): Action[] {
  const isWorking = (state: Readonly<State>): boolean => state.managers[by] === 'working';
  return [
    new Action(
      `hear(${by})`,
      ({ decision, prepared }) => decision === 'none' && prepared.has(by),
      ({ heard }) => heard.add(by),
    ),
    new Action(`prepare(${by})`, isWorking, state => {
      state.managers[by] = 'prepared';
      state.prepared.add(by);
    }),
    new Action(`chooseToAbort(${by})`, isWorking, state => {
      state.managers[by] = 'aborted';
    }),
    new Action(
      `commit(${by})`,
      ({ decision }) => decision === 'committed',
      state => {
        state.managers[by] = 'committed';
      },
    ),
    new Action(
      `abort(${by})`,
      ({ decision }) => decision === 'aborted',
      state => {
        state.managers[by] = 'aborted';
      },
    ),
  ];
}

const decisions = [
  new Action(
    'decideToCommit',
    ({ decision, heard }) => decision === 'none' && heard.size === managers,
    state => {
      state.decision = 'committed';
    },
  ),
  new Action(
    'decideToAbort',
    ({ decision }) => decision === 'none',
    state => {
      state.decision = 'aborted';
    },
  ),
];
const all = [...decisions, ...Array.from({ length: managers }, (_, by) => actionsOf(by)).flat()];
const drawn = fc.commands(
  all.map(action => fc.constant(action)),
  { maxCommands: most, size: 'max' },
);
fc.assert(
  fc.property(drawn, commands => {
    const state = initialState();
    fc.modelRun(() => ({ model: state, real: state }), commands);
  }),
  { seed: 1, numRuns: runs },
);
process.stdout.write(`${JSON.stringify({ steps, broken: [] })}\n`);
