import type { ClientsRules } from '../clients/rules.ts';
import type { ModelDefect } from '../description/defect.ts';
import type { GroupsRules } from '../groups/rules.ts';
import type { TransactionsRules } from '../transactions/rules.ts';
import type { PipelineBounds, PipelineConfig } from './config.ts';

/** A deliberate weakening of a rule of a part, to see that a property notices in the whole. */
export interface PipelineDefect extends ModelDefect<PipelineConfig, PipelineBounds> {
  readonly clients?: Partial<ClientsRules>;
  readonly groups?: Partial<GroupsRules>;
  readonly transactions?: Partial<TransactionsRules>;
}
