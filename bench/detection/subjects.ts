import { defectPlans } from '../../application/defects/defectPlan.ts';
import { builtInModels } from '../../catalogue/models.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';

/** The defects of which detection is compared: of both models, from shallow to deep. */
export const names: readonly string[] = [
  'acknowledged-before-replication',
  'checkpoint-beyond-log',
  'election-outside-isr',
  'epoch-end-without-epoch',
  'fencings-from-one-snapshot',
  'high-watermark-by-majority',
  'optimistic-isr-shrink',
  'pending-isr-change-forgotten',
  'preferred-leader-outside-isr',
  'reported-end-offset-goes-back',
  'double-vote',
  'leader-votes-for-other',
  'truncated-voters-kept',
  'vote-without-up-to-date-log',
];

/** A defect in the scope that shows it, with the property that notices. */
export interface Subject {
  readonly name: string;
  readonly model: AnyModel;
  readonly property: AnyProperty;
}

/** @throws UsageError when there is no such defect. */
export function subjectNamed(name: string): Subject {
  const [plan] = defectPlans(builtInModels, [name], {});
  if (plan === undefined) throw new Error(`no defect "${name}"`);
  const { defect, model, request } = plan;
  const built = model.build(request);
  const all = [...built.properties, ...built.questions];
  const property = all.find(each => each.name === defect.caughtBy);
  if (property === undefined) throw new Error(`no property "${defect.caughtBy}"`);
  return { name, model: built.model, property };
}
