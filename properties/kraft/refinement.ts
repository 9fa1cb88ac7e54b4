import type { AnyProperty } from '../../checker/model/property.ts';
import { refines } from '../../checker/refinement/refines.ts';
import { committedLog, LOST } from '../../models/abstraction/committedLog.ts';
import type { KraftBounds, KraftConfig } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';
import { type EntryView, kraftSchema, type ReadonlyNodeView } from '../../models/kraft/schema.ts';
import { holds, type KraftScope } from './kraftScope.ts';
import { lastEpoch, logEndOffset } from './view.ts';

const CONTROL = 'control';

/**
 * The metadata quorum is a log that loses nothing: at each offset that a high watermark has ever covered
 * stands what was committed there first, as far as the most up to date log, from which the next leader
 * has its own, has it or a snapshot of it.
 */
export function refinesCommittedLog(config: KraftConfig, bounds: KraftBounds): AnyProperty {
  const node = nodesOf(config);
  const schema = kraftSchema(node, config, bounds);
  const values = Array.from({ length: bounds.records }, (_, index) => recordNamed(index + 1));
  const length = schema.ghost.fields.committed.capacity;
  const mostUpToDate = ({ protocol }: KraftScope): ReadonlyNodeView =>
    node.all
      .map(each => protocol.nodes.get(each))
      .reduce((best, view) => (isMoreUpToDate(view, best) ? view : best));
  return refines(schema, committedLog([CONTROL, ...values], length), {
    name: 'refines-committed-log',
    statement:
      'The quorum is a log that loses nothing: what is committed stays, in its order, in the most up to date log.',
    loss: 'The cluster forgets a decision of its controller, or has two in one place.',
    source: 'Raft 5.4, leader completeness, as a refinement',
    // A leader commits what it has of earlier epochs together with the first record of its own.
    steps: length,
    mapping(state, { protocol: { log } }) {
      const best = mostUpToDate(state);
      for (const [offset, entry] of [...state.ghost.committed].entries()) {
        log.push(holds(best, offset, entry) ? nameOf(entry) : LOST);
      }
    },
  });
}

/** As voters compare logs when they are asked for their vote (Raft 5.4.1). */
function isMoreUpToDate(one: ReadonlyNodeView, other: ReadonlyNodeView): boolean {
  const [epoch, otherEpoch] = [lastEpoch(one), lastEpoch(other)];
  return epoch === otherEpoch ? logEndOffset(one) > logEndOffset(other) : epoch > otherEpoch;
}

function nameOf({ kind, value }: EntryView): string {
  return kind === 'record' ? recordNamed(value) : CONTROL;
}

function recordNamed(value: number): string {
  return `record-${value}`;
}
