import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import {
  defaultConfig,
  quietScope,
  type TransactionsBounds,
  type TransactionsConfig,
} from '../../../models/transactions/config.ts';
import { transactionsModel } from '../../../models/transactions/model.ts';
import type { TransactionsDefect } from '../../../models/transactions/rules.ts';
import {
  transactionsProperties,
  transactionsQuestions,
  transactionsTemporal,
} from '../../../properties/transactions.ts';

/** What a test changes of the default configuration, and what happens in its scope. */
export interface Scope {
  readonly config?: Partial<TransactionsConfig>;
  /** Everything that is not named does not happen, apart from one record. */
  readonly bounds?: Partial<TransactionsBounds>;
  readonly defects?: readonly TransactionsDefect[];
}

/** The model of a scope with its properties and questions. */
export function transactionsIn({ config: changed, bounds: allowed, defects }: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  readonly questions: readonly AnyProperty[];
  readonly temporal: readonly AnyTemporalProperty[];
} {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  return {
    model: transactionsModel(config, bounds, defects),
    properties: transactionsProperties(config, bounds),
    questions: transactionsQuestions(config),
    temporal: transactionsTemporal(config, bounds),
  };
}
