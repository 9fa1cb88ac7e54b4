import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import type { PipelineBounds, PipelineConfig } from '../models/pipeline/config.ts';
import { clientsPart, groupsPart, transactionsPart } from '../models/pipeline/recorders.ts';
import { clientsProperties } from './clients.ts';
import { groupsProperties } from './groups.ts';
import {
  acknowledgedRecordsComeToOutputs,
  membersReadWhatIsCommitted,
  offsetsComeFromMembers,
  partsAgree,
  recordsComeToOneOutput,
} from './pipeline/endToEnd.ts';
import { pipelineGoals } from './pipeline/goals.ts';
import { pipelineFacts } from './pipeline/pipelineScope.ts';
import { transactionsProperties } from './transactions.ts';

/** What is of the whole: what applications lose comes first. */
const families = [
  acknowledgedRecordsComeToOutputs,
  recordsComeToOneOutput,
  offsetsComeFromMembers,
  membersReadWhatIsCommitted,
  partsAgree,
] as const;

/** Nothing is committed by a consumer itself: these are about nothing, or about what transactions are asked for. */
const ofConsumerCommits: readonly string[] = [
  'acknowledged-commits-are-kept',
  'committed-records-are-processed',
  'commits-come-from-members',
  'committed-offsets-do-not-go-back',
  'offsets-of-active-groups-are-kept',
];

/**
 * The properties of a pipeline, those of its parts behind the name of the part, and goals for where they meet. The
 * goals of the parts are theirs: scopes of their own reach them.
 */
export function pipelineProperties(
  config: PipelineConfig,
  bounds: PipelineBounds,
): readonly AnyProperty[] {
  const facts = pipelineFacts(config, bounds);
  const { clients, groups, transactions } = facts;
  return [
    ...anyProperties(families.map(propertyOf => propertyOf(facts))),
    ...clientsProperties(clients.config, clients.bounds, clients)
      .filter(saysSomething)
      .map(each => clientsPart.liftProperty(each, { name: `input-${each.name}` })),
    ...groupsProperties(groups.config, groups.bounds, groups)
      .filter(saysSomething)
      .filter(({ name }) => !ofConsumerCommits.includes(name))
      .map(each => groupsPart.liftProperty(each, { name: `group-${each.name}` })),
    ...transactionsProperties(transactions.config, transactions.bounds, transactions)
      .filter(saysSomething)
      .map(each => transactionsPart.liftProperty(each, { name: `output-${each.name}` })),
    ...anyProperties(pipelineGoals(facts)),
  ];
}

function saysSomething({ kind, notApplicable }: AnyProperty): boolean {
  return kind !== 'sometimes' && notApplicable === undefined;
}
