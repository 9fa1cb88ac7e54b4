import type { TraceFile, TraceStep } from '../../checker/trace/traceFile.ts';

/** A step that can be taken before all others of a replication trace, and changes nothing in them. */
export function needlessFetch({ initial }: TraceFile): TraceStep {
  return {
    action: 'fetch',
    actor: 'broker-2',
    params: { follower: 'broker-2', leader: 'broker-1' },
    fingerprint: initial.fingerprint,
    changes: [],
  };
}
