/** A scope in which a defect is noticed: what is not named is as by default, and quiet. */
interface DefectScope<Config, ModelBounds> {
  readonly config?: Partial<Config>;
  readonly bounds?: Partial<ModelBounds>;
}

/** A deliberate defect of a model, to see that a property notices. */
export interface ModelDefect<Config, ModelBounds> extends DefectScope<Config, ModelBounds> {
  /** kebab-case, as `--defect` and traces name it. */
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly statement: string;
  /** KIP, JIRA issue or paper. */
  readonly source: string;
  /** The property that must notice. */
  readonly caughtBy: string;
  /** The releases in which it is no defect but what Kafka does, if there are any: `3.3 to 3.6`. */
  readonly releases?: string;
  /**
   * Where another rule of the protocol hides the defect: how, and the defect that removes that
   * rule. Alone the defect must then break nothing; the two together must be caught. `aloneIn` is a
   * smaller scope for the defect alone, where that of the two is too large to explore completely.
   */
  readonly masked?: {
    readonly because: string;
    readonly unmaskedBy: string;
    readonly aloneIn?: Required<DefectScope<Config, ModelBounds>>;
  };
  /**
   * The steps that show it, as traces print them, where a search for them would take too long:
   * `electionTimeout(node=node-1)`. A masked defect is played together with the one that unmasks it.
   */
  readonly scenario?: readonly string[];
  /**
   * Set where `caughtBy` is a temporal property. `exhaustive`: every fair run of the scope is looked at;
   * `bounded`: random runs are, where what repeats is kept from it by the bounds of the scope.
   */
  readonly liveness?: 'exhaustive' | 'bounded';
  /** Why random runs do not find it within seconds, if they do not. */
  readonly beyondRandomRuns?: string;
}

/** A defect that weakens rules: the protocol asks these, and nothing else, where safety hangs on it. */
export interface RuleDefect<Rules, Config, ModelBounds> extends ModelDefect<Config, ModelBounds> {
  readonly rules: Partial<Rules>;
}

/** The rules with those that defects weaken; where two weaken one, the later decides. */
export function weakenedRules<Rules extends object>(
  rules: Rules,
  weakened: readonly (Partial<Rules> | undefined)[],
): Rules {
  return Object.assign({ ...rules }, ...weakened);
}
