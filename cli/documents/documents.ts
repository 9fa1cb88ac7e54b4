import type { LiveJson } from '../../application/live/liveJson.ts';
import type { Question } from '../../application/matrix/questions.ts';
import type { checkJson } from '../check/checkJson.ts';
import type { ReplayJson } from '../commands/replay.ts';
import type { SampleJson } from '../commands/sample.ts';
import type { ShrinkJson } from '../commands/shrink.ts';
import type { TrogdorJson } from '../commands/trogdor.ts';
import type { ValidatedPartJson } from '../commands/validate.ts';
import type { ViewJson } from '../commands/view.ts';
import type { addJson } from '../corpus/addText.ts';
import type { listJson } from '../corpus/listText.ts';
import type { renewedJson } from '../corpus/renewText.ts';
import type { defectJson } from '../defects/defectJson.ts';
import type { randomJson } from '../defects/randomText.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { ExplorationJson } from '../exploration/explorationJson.ts';
import type { livenessJson } from '../liveness/livenessJson.ts';
import type { SavedCell } from '../matrix/savedMatrix.ts';
import type { modelJson } from '../output/modelReport.ts';
import type { planJson } from '../plan/planText.ts';
import type { SwarmJson, statusJson } from '../swarm/swarmJson.ts';
import type { sweepJson } from '../time/sweepText.ts';
import type { timeJson } from '../time/timeJson.ts';

/*
 * What commands print with --json, as types from which their JSON Schema is made (npm run schema). Every document
 * that a test of the command line prints is held to it.
 */

/** What every document begins with. */
interface Head<Command extends string> {
  /** Goes up when a field changes its meaning or goes away; fields may be added without. */
  readonly schemaVersion: number;
  /** Of the package. */
  readonly version: string;
  readonly command: Command;
}

/** `explore` and `simulate`. */
export interface ExplorationDocument extends Head<'explore' | 'simulate'>, ExplorationJson {}

/** `swarm run` and `swarm result`. */
export interface SwarmDocument extends Head<'swarm run' | 'swarm result'>, SwarmJson {}

/** `swarm submit`. */
export interface SwarmSubmitDocument extends Head<'swarm submit'> {
  readonly id: string;
  /** Jobs that the seeds were divided into. */
  readonly parts: number;
}

/** `swarm status`. */
export type SwarmStatusDocument = Head<'swarm status'> & ReturnType<typeof statusJson>;

/** `liveness`. */
export type LivenessDocument = Head<'liveness'> & ReturnType<typeof livenessJson>;

/** `check`, of the models or of a cluster. */
export type CheckDocument = Head<'check'> & ReturnType<typeof checkJson>;

/** `time`. */
export type TimeDocument = Head<'time'> & ReturnType<typeof timeJson>;

/** `time --sweep`. */
export type TimeSweepDocument = Head<'time --sweep'> & ReturnType<typeof sweepJson>;

/** `check --matrix`. */
export interface MatrixDocument extends Head<'check --matrix'> {
  readonly questions: readonly Question[];
  readonly cells: readonly SavedCell[];
}

/** `defects`, also with `--random`. */
export interface DefectsDocument extends Head<'defects'> {
  readonly defects: readonly (ReturnType<typeof defectJson> | ReturnType<typeof randomJson>)[];
}

/** `list`. */
export interface ListDocument extends Head<'list'> {
  readonly models: readonly ReturnType<typeof modelJson>[];
}

/** `replay`. */
export type ReplayDocument = Head<'replay'> & ReplayJson;

/** `shrink`. */
export type ShrinkDocument = Head<'shrink'> & ShrinkJson;

/** `sample`. */
export type SampleDocument = Head<'sample'> & SampleJson;

/** `corpus list`. */
export type CorpusListDocument = Head<'corpus list'> & ReturnType<typeof listJson>;

/** `corpus add`. */
export type CorpusAddDocument = Head<'corpus add'> & ReturnType<typeof addJson>;

/** `corpus renew`. */
export type CorpusRenewDocument = Head<'corpus renew'> & ReturnType<typeof renewedJson>;

/** `validate`. */
export interface ValidateDocument extends Head<'validate'> {
  readonly parts: readonly ValidatedPartJson[];
  /** Files of the traces that explain them, with `--out`. */
  readonly saved: readonly string[];
}

/** `plan`. */
export type PlanDocument = Head<'plan'> & ReturnType<typeof planJson>;

/** `trogdor`, of specs. */
export type TrogdorDocument = Head<'trogdor'> & TrogdorJson;

/** `live`. */
export type LiveDocument = Head<'live'> & LiveJson;

/** `view`. */
export type ViewDocument = Head<'view'> & ViewJson;

/** `explain`. */
export interface ExplainDocument extends Head<'explain'> {
  readonly explanations: readonly Explanation[];
}

/** `init`. */
export interface InitDocument extends Head<'init'> {
  readonly folder: string;
  readonly files: readonly string[];
}

/** The one document that a command prints with `--json`; `show --json` prints the trace itself. */
export type CommandDocument =
  | ExplorationDocument
  | SwarmDocument
  | SwarmSubmitDocument
  | SwarmStatusDocument
  | LivenessDocument
  | TimeDocument
  | TimeSweepDocument
  | CheckDocument
  | MatrixDocument
  | DefectsDocument
  | ListDocument
  | ReplayDocument
  | ShrinkDocument
  | SampleDocument
  | CorpusListDocument
  | CorpusAddDocument
  | CorpusRenewDocument
  | ValidateDocument
  | PlanDocument
  | TrogdorDocument
  | LiveDocument
  | ViewDocument
  | ExplainDocument
  | InitDocument;
