import type { TraceFile, TraceStep } from '../../../checker/trace/traceFile.ts';

/** How many steps all the runs begin with alike: the same actions of the same actors. */
export function commonSteps(traces: readonly Pick<TraceFile, 'steps'>[]): number {
  const [first, ...others] = traces;
  if (first === undefined) return 0;
  const end = first.steps.findIndex((step, index) =>
    others.some(({ steps }) => !isSameStep(step, steps[index])),
  );
  return end < 0 ? first.steps.length : end;
}

function isSameStep(a: TraceStep, b: TraceStep | undefined): boolean {
  return b !== undefined && textOf(a) === textOf(b);
}

/** Arguments are told by name: in which order they were written makes no difference. */
function textOf({ action, actor, params }: TraceStep): string {
  const given = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([action, actor, given]);
}

/** A setting, bound or defect that the runs do not share, with its value in each; undefined where a run has none. */
export interface ModelDifference {
  readonly name: string;
  readonly values: readonly (string | undefined)[];
}

/** What of their models the runs do not have in common: what a comparison is usually about. */
export function modelDifferences(
  traces: readonly Pick<TraceFile, 'model'>[],
): readonly ModelDifference[] {
  const facts = traces.map(({ model: { name, config, bounds, defects } }) => {
    const settings = Object.entries({ model: name, ...config, ...bounds }).map(
      ([key, value]): [string, string] => [key, textOfValue(value)],
    );
    return new Map([...settings, ['defects', defects.join(', ') || 'none']]);
  });
  const names = [...new Set(facts.flatMap(each => [...each.keys()]))];
  const all = names.map(name => ({ name, values: facts.map(each => each.get(name)) }));
  return all.filter(({ values }) => new Set(values).size > 1);
}

function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the runs have in common, in a sentence; empty if nothing. `step` is where they part. */
export function differenceOf(traces: readonly Pick<TraceFile, 'steps'>[]): {
  readonly text: string;
  readonly step: number | undefined;
} {
  const common = commonSteps(traces);
  const shortest = Math.min(...traces.map(({ steps }) => steps.length));
  const longest = Math.max(...traces.map(({ steps }) => steps.length));
  if (common === longest) return { text: 'All runs take the same steps.', step: undefined };
  const alike =
    common === 0
      ? 'The runs differ from step 1.'
      : `The first ${common === 1 ? 'step is' : `${common} steps are`} the same; ` +
        `the runs differ from step ${common + 1}.`;
  const ends = common === shortest ? ` The shortest ends with step ${shortest}.` : '';
  return { text: `${alike}${ends}`, step: common + 1 };
}
