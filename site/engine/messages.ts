import type { Failure } from '../../application/tasks/failure.ts';
import type { TaskResult } from '../../application/tasks/task.ts';
import type { Progress } from '../../checker/core/control.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import type { ClusterReport } from './clusterReport.ts';
import type { ModelSheet } from './modelSheet.ts';

/** What is explored of a model: nothing but words and numbers, so that a link can hold it. */
export interface ExploreRequest {
  readonly model: string;
  readonly engine: 'exhaustive' | 'random';
  /** Settings, bounds and defects that are not those of the scope itself. */
  readonly settings: Readonly<Record<string, string>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly maxSteps: number;
  /** Distinct states after which the search ends as inconclusive. */
  readonly maxStates: number;
}

/** What a page asks of the engine; it answers one question at a time. */
export type EngineQuestion =
  | { readonly kind: 'models' }
  | {
      readonly kind: 'check';
      readonly files: readonly ConfigFile[];
      /** Kafka's version and the number of brokers, where no file tells them. */
      readonly kafkaVersion?: string;
      readonly brokers?: number;
    }
  | { readonly kind: 'explore'; readonly request: ExploreRequest }
  /** Of the model that the worker was started with. */
  | { readonly kind: 'exploreOwn'; readonly request: Omit<ExploreRequest, 'model'> };

/** What each question is answered with. */
export interface EngineAnswers {
  readonly models: readonly ModelSheet[];
  readonly check: ClusterReport;
  readonly explore: TaskResult;
  readonly exploreOwn: TaskResult;
}

/** A question of some kind. */
export type QuestionOf<Kind extends keyof EngineAnswers> = Extract<EngineQuestion, { kind: Kind }>;

/** What a page sends to the worker. `stop` ends what is going on, with what was found until then. */
export type ToEngine =
  | { readonly kind: 'ask'; readonly question: EngineQuestion; readonly bytes: number }
  | { readonly kind: 'stop' };

/** How far the work has come. */
export interface EngineProgress {
  /** Explorations that are over, of how many. */
  readonly done: number;
  readonly of: number;
  readonly progress: Pick<
    Progress,
    'engine' | 'distinctStates' | 'generatedStates' | 'depth' | 'pending' | 'bytes'
  >;
}

/** What the worker sends to the page. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly at: EngineProgress }
  /** What is known before the last word. */
  | { readonly kind: 'soFar'; readonly answer: EngineAnswers['check'] }
  | { readonly kind: 'answer'; readonly answer: EngineAnswers[keyof EngineAnswers] }
  | { readonly kind: 'failure'; readonly failure: Failure };
