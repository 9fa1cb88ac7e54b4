import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { catalogue } from '../../cli/catalogue.ts';
import { defectPlans } from '../../cli/defects/defectPlan.ts';

/** The defects of which detection is compared: of both models, from shallow to deep. */
const names: readonly string[] = [
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
  'truncates-to-high-watermark',
  'double-vote',
  'leader-votes-for-other',
  'truncated-voters-kept',
  'two-voter-changes-at-once',
  'vote-without-up-to-date-log',
];

/** A defect in the scope that shows it, with the property that notices. */
export interface Subject {
  readonly name: string;
  readonly model: AnyModel;
  readonly property: AnyProperty;
}

/** Every subject, or those that are named. */
export function subjects(wanted: readonly string[] = names): Subject[] {
  return defectPlans(catalogue, wanted, {}).map(({ defect, model, request }) => {
    const built = model.build(request);
    const all = [...built.properties, ...built.questions];
    const property = all.find(({ name }) => name === defect.caughtBy);
    if (property === undefined) throw new Error(`no property "${defect.caughtBy}"`);
    return { name: defect.name, model: built.model, property };
  });
}
