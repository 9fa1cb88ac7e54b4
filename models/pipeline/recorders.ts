import { Part } from '../../checker/model/part.ts';
import { type ClientsRecorders, recorders as clientsRecorders } from '../clients/recorders.ts';
import type {
  GhostFields as ClientsGhost,
  ProtocolFields as ClientsProtocol,
} from '../clients/schema.ts';
import { type GroupsRecorders, recorders as groupsRecorders } from '../groups/recorders.ts';
import type {
  GhostFields as GroupsGhost,
  ProtocolFields as GroupsProtocol,
} from '../groups/schema.ts';
import {
  type TransactionsRecorders,
  recorders as transactionsRecorders,
} from '../transactions/recorders.ts';
import type {
  GhostFields as TransactionsGhost,
  ProtocolFields as TransactionsProtocol,
} from '../transactions/schema.ts';

/** The topic that is read, with its producer. What others do too has a name of its own. */
export const clientsPart: Part<'clients', ClientsProtocol, ClientsGhost, ClientsRecorders> =
  new Part('clients', clientsRecorders, {
    renamed: {
      handleProduce: 'handleInput',
      handleLateRequest: 'handleLateInput',
      replicate: 'replicateInput',
      expire: 'expireInput',
      failOver: 'failOverInput',
    },
    plays: { crashBroker: 'failOver' },
  });

/** The group that reads it. */
export const groupsPart: Part<'groups', GroupsProtocol, GroupsGhost, GroupsRecorders> = new Part(
  'groups',
  groupsRecorders,
  {
    renamed: { load: 'loadGroup' },
    plays: {
      findInput: 'fetchOffset',
      processInput: 'processRecord',
      replicateOffsets: 'replicate',
      failOverOffsets: 'failOver',
      crashBroker: 'failOver',
    },
  },
);

/** What the application sends, and who reads that. */
export const transactionsPart: Part<
  'transactions',
  TransactionsProtocol,
  TransactionsGhost,
  TransactionsRecorders
> = new Part('transactions', transactionsRecorders, {
  renamed: { poll: 'readOutput', failOver: 'failOverOutput' },
  plays: {
    handleOffsets: 'handleProduce',
    appendVerifiedOffsets: 'appendVerified',
    replicateOffsets: 'replicate',
    failOverOffsets: 'failOver',
    crashBroker: 'failOver',
    crash: 'restart',
    leave: 'restart',
  },
});

/** How the protocol tells the ghost state what happened, in its parts. */
export const recorders = {
  ...clientsPart.recorders,
  ...groupsPart.recorders,
  ...transactionsPart.recorders,
};

export type PipelineRecorders = typeof recorders;
