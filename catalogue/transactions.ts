import type { TypedSpecification } from '../checker/model/extendModel.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import { ruleChanges } from '../models/description/ruleChanges.ts';
import {
  defaultConfig,
  largeScope,
  livenessScope,
  quietScope,
  smallScope,
  type TransactionsBounds,
  type TransactionsConfig,
  TransactionsConfigError,
} from '../models/transactions/config.ts';
import { transactionsDefects } from '../models/transactions/defects.ts';
import { transactionsMainJob } from '../models/transactions/mainJob.ts';
import { transactionsModel } from '../models/transactions/model.ts';
import type { TransactionsRecorders } from '../models/transactions/recorders.ts';
import { transactionsRuleTable } from '../models/transactions/releaseRules.ts';
import type { TransactionsDefect } from '../models/transactions/rules.ts';
import type { GhostFields, ProtocolFields } from '../models/transactions/schema.ts';
import { boundWords, settingWords } from '../models/transactions/words.ts';
import {
  transactionsProperties,
  transactionsQuestions,
  transactionsTemporal,
} from '../properties/transactions.ts';
import { describedModel } from './describedModel.ts';

/** Transactions, with their properties and the types to extend them. */
export interface TransactionsSpecification
  extends TypedSpecification<
    ProtocolFields,
    GhostFields,
    keyof TransactionsBounds,
    TransactionsRecorders
  > {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly producer: NodeType<'producer'>;
  readonly transactionalId: NodeType<'transactionalId'>;
}

/** Transactions of producers, and who reads them. */
export const transactionsDescribed = describedModel<
  TransactionsConfig,
  TransactionsBounds,
  TransactionsDefect,
  TransactionsSpecification
>({
  name: 'transactions',
  summary:
    'producers with transactions, their coordinator and a reader: what is half done, lost or done twice',
  page: 'docs/transactions.md',
  defaultConfig,
  settings: settingWords,
  headline: ['kafka', 'transactionVersion', 'pattern', 'isolation'],
  bounds: boundWords,
  ruleChanges: ruleChanges(transactionsRuleTable),
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: transactionsMainJob,
  defects: transactionsDefects,
  ConfigError: TransactionsConfigError,
  model: transactionsModel,
  properties: transactionsProperties,
  questions: transactionsQuestions,
  temporal: transactionsTemporal,
});
