/* `highwater`: everything to write a model down, to run it, and to keep what was found. */

export {
  type ConfigurableModel,
  configurable,
  type OwnDefect,
} from '../application/project/configurableModel.ts';
export { defineConfig, type HighwaterConfig } from '../application/project/defineConfig.ts';
export {
  type Control,
  type Progress,
  type StopReason,
  unlimited,
} from '../checker/core/control.ts';
export { ModelError, NondeterminismError } from '../checker/core/errors.ts';
export { DeclarationError } from '../checker/declarationError.ts';
export { type ExhaustiveOptions, exploreExhaustively } from '../checker/exhaustive/exhaustive.ts';
export { type CommentaryOptions, withCommentary } from '../checker/explain/commentary.ts';
export { MOST_NODES as MAX_NODES } from '../checker/limits.ts';
export type { GraphLimits } from '../checker/liveness/buildStateGraph.ts';
export { exploreLiveness } from '../checker/liveness/exploreLiveness.ts';
export type {
  LivenessResult,
  LivenessViolation,
  TemporalReport,
} from '../checker/liveness/livenessResult.ts';
export { type SettleOptions, simulateLiveness } from '../checker/liveness/simulateLiveness.ts';
export type { ParamName } from '../checker/model/arguments.ts';
export { compileLifecycle } from '../checker/model/compileLifecycle.ts';
export { composeModels, type FieldsOfParts, type Parts } from '../checker/model/composeModels.ts';
export { noDeadlock } from '../checker/model/deadlock.ts';
export {
  type Extensible,
  type Extension,
  extendModel,
  type TypedSpecification,
} from '../checker/model/extendModel.ts';
export { anyInitialState } from '../checker/model/initialStates.ts';
export {
  type Action,
  type ActionBuilder,
  type ActionKind,
  type AnyAction,
  type AnyModel,
  actionsOf,
  type Bounds,
  defineModel,
  type Enabled,
  type GuardScope,
  type InFlight,
  type Model,
  type Recorders,
  type Recording,
  type StepScope,
} from '../checker/model/model.ts';
export {
  anyElement,
  anyIndex,
  anyInt,
  anyKey,
  anyNode,
  anyNodeOrNone,
  anyOf,
  anyQuorum,
  anyRecord,
  anySubset,
  type ParamDomain,
  type ParamDomains,
  type ParamValues,
} from '../checker/model/params.ts';
export { type LiftedProperty, Part, type PartNames } from '../checker/model/part.ts';
export {
  type PropertyBuilder,
  propertiesOf,
  type TemporalBuilder,
  temporalOf,
} from '../checker/model/propertiesOf.ts';
export {
  type AnyProperty,
  anyProperties,
  type Holds,
  type Invariant,
  type Property,
  type PropertyScope,
  type Sometimes,
  type StepProperty,
  type TakenAction,
} from '../checker/model/property.ts';
export type { Specification } from '../checker/model/specification.ts';
export {
  type AnyTemporalProperty,
  anyTemporal,
  type Eventually,
  type LeadsTo,
  type TemporalProperty,
} from '../checker/model/temporal.ts';
export { type SimulateOptions, simulate } from '../checker/random/simulate.ts';
export {
  type Abstraction,
  type AbstractState,
  type Refinement,
  refines,
} from '../checker/refinement/refines.ts';
export { DirectedRun, directedRun } from '../checker/replay/directedRun.ts';
export { type Recordable, recordTrace } from '../checker/replay/record.ts';
export { replay } from '../checker/replay/replay.ts';
export type { ReplayOutcome, ReplayWord } from '../checker/replay/replayOutcome.ts';
export type { PropertyReport, PropertyVerdict } from '../checker/results/monitor.ts';
export type {
  ComparedBreaks,
  Coverage,
  ExplorationResult,
  Verdict,
  Violation,
} from '../checker/results/result.ts';
export type { Thresholds } from '../checker/results/thresholds.ts';
export { type Shrunk, shrink } from '../checker/shrink/shrink.ts';
export { BoundsError, SchemaError, ViewError } from '../checker/state/errors.ts';
export {
  enumeration,
  type Field,
  type Fields,
  flag,
  int,
  lifecycle,
  links,
  list,
  map,
  node,
  nodeSet,
  optional,
  perNode,
  record,
  set,
  variants,
} from '../checker/state/fields.ts';
export { LifecycleError, type LifecycleTable } from '../checker/state/lifecycleTable.ts';
export { type Node, type NodeType, nodeType } from '../checker/state/nodeType.ts';
export {
  type BudgetFields,
  defineSchema,
  type Schema,
  type State,
} from '../checker/state/schema.ts';
export { plain } from '../checker/state/viewObjects.ts';
export type {
  EffectHandlers,
  Plain,
  ReadonlyRecordView,
  RecordView,
} from '../checker/state/viewTypes.ts';
export { readTrace, TraceError, writeTrace } from '../checker/trace/readTrace.ts';
export { renderText, type TextOptions } from '../checker/trace/renderText.ts';
export type { TraceFile, TraceStep } from '../checker/trace/traceFile.ts';
export type { NearMiss } from '../checker/validate/nearest.ts';
export type {
  Constraints,
  Observation,
  ObservedLine,
  Reading,
  StepPattern,
} from '../checker/validate/observation.ts';
export { type Mismatch, ObservationError } from '../checker/validate/patterns.ts';
export { type ObservedRun, type Validation, validate } from '../checker/validate/validate.ts';
