/* `highwater/check`: what the command line does, as functions that take and return values. */
export {
  type CheckOptions,
  checkCluster,
  checkModels,
  type ModelCheckOptions,
} from '../application/api/check.ts';
export { type DefectOptions, findDefects } from '../application/api/defects.ts';
export { type ExploreOptions, exploreModel } from '../application/api/explore.ts';
export { exploreCells } from '../application/api/matrix.ts';
export type { WorkOptions } from '../application/api/options.ts';
export { type StoryTextOptions, storyText } from '../application/api/storyText.ts';
export { type ClusterAnswer, clusterAnswer } from '../application/answer/clusterAnswer.ts';
export type { CheckedCluster, CheckResult } from '../application/check/check.ts';
export {
  type ClusterOptions,
  clusterIn as describeCluster,
  readCluster,
} from '../application/check/clusterFiles.ts';
export { causesOf, type ReleaseMistake } from '../application/check/knownMistakes.ts';
export type { MergedProperty, MergedVerdict } from '../application/check/mergeProperties.ts';
export type { ExploredScope, Omission } from '../application/check/scope.ts';
export { type FoundStory, storiesByProperty } from '../application/check/stories.ts';
export type { Subject } from '../application/check/subject.ts';
export type { CheckVerdict } from '../application/check/verdict.ts';
export type { ReplayedTrace } from '../application/corpus/replayedTrace.ts';
export type { DefectOutcome, DefectVerdict } from '../application/defects/defectOutcome.ts';
export { type Cell, cellsOf } from '../application/matrix/cell.ts';
export type { Matrix } from '../application/matrix/exploreMatrix.ts';
export type { Answer, AnsweredCell } from '../application/matrix/matrix.ts';
export { loadProject } from '../application/project/loadProject.ts';
export type { Project } from '../application/project/project.ts';
export { agreedSurvival as playQuorum } from '../application/quorum/agreed.ts';
export type { Outage, QuorumSurvival } from '../application/quorum/survival.ts';
export type { TaskProgress } from '../application/tasks/surroundings.ts';
export type { TaskResult } from '../application/tasks/task.ts';
export { UsageError } from '../catalogue/usageError.ts';
export type {
  Assumption,
  ClusterDescription,
  ClusterNode,
  TopicDurability,
  Unusable,
} from '../models/kafkaConfig/clusterDescription.ts';
export type { ConfigFile } from '../models/kafkaConfig/configFile.ts';
export {
  type DataArithmetic,
  dataArithmetic,
  type MetadataArithmetic,
  metadataArithmetic,
} from '../models/kafkaConfig/quorumArithmetic.ts';
