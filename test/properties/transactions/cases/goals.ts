import {
  batch,
  type Cases,
  committed,
  coordinates,
  generation,
  goes,
  isReady,
  lateMarkerSent,
  lateRequest,
  marked,
  markerHandled,
  offsets,
  outside,
  p1,
  p2,
  producerHas,
  read,
  reads,
  requestHandled,
  second,
  step,
  stored,
  transaction,
  wrote,
} from '../handBuilt.ts';

const decides = transaction(1, { decided: 'abort' });
const marks = { name: 'writeMarker' };
const handlesLate = { name: 'handleLateRequest' };
const handlesMarker = { name: 'handleLateMarker' };
const ends = { name: 'endTransaction' };
const tells = transaction(1, { told: 'committed' });
const refused = producerHas({ isReading: false });
const behind = [isReady(), generation(1), producerHas({ isReading: true, generation: 0 })] as const;

/** The scenes of transactions. */
export const goalCases: Readonly<Record<string, Cases>> = {
  'transaction-committed': {
    good: { 'it is read': step([tells], [read(2)]) },
    bad: {
      'it is not read': [step([], [tells]), false],
      'another is read': [step([tells], [read(3)]), false],
    },
  },
  'transaction-aborted': {
    good: { 'it is told': step([], [transaction(2, { told: 'aborted' })]) },
    bad: { 'something else is told': [step([], [tells]), false] },
  },
  'transaction-aborted-by-restart': {
    good: { 'a process asks': step([], [decides], { name: 'initProducerId' }) },
    bad: {
      'nothing is decided': [step([decides], [], { name: 'initProducerId' }), false],
      'it is the clock': [step([], [decides], { name: 'abortTimedOut' }), false],
    },
  },
  'transaction-timed-out': {
    good: { 'it is the clock': step([], [decides], { name: 'abortTimedOut' }) },
    bad: {
      'nothing is decided': [step([decides], [], { name: 'abortTimedOut' }), false],
      'a process asks': [step([], [decides], { name: 'initProducerId' }), false],
    },
  },
  'decision-taken-over': {
    good: {
      'it was decided before': step(
        [stored('prepareCommit'), coordinates(1)],
        [marked('commit')],
        marks,
      ),
    },
    bad: {
      'it was decided in this epoch': [
        step([stored('prepareCommit', [], { leaderEpoch: 1 }), coordinates(1)], [], marks),
        false,
      ],
      'it is open': [step([stored('ongoing'), coordinates(1)], [], marks), false],
      'no marker is written': [step([stored('prepareAbort'), coordinates(1)], []), false],
    },
  },
  'marker-written-again': {
    good: {
      'a commit': step([wrote(1), marked('commit')], [marked('commit')]),
      'an abort': step([wrote(1), marked('abort')], [marked('abort')]),
    },
    bad: {
      'there is one': [step([wrote(1)], [marked('commit')]), false],
      'it is of another epoch': [step([marked('commit')], [marked('commit', { epoch: 2 })]), false],
      'it is a record': [step([wrote(1)], [wrote(1)]), false],
    },
  },
  'reader-waits': {
    good: {
      'it is where one begins': step(
        [wrote(1), marked('commit'), wrote(3), committed()],
        [reads(2)],
      ),
    },
    bad: {
      'it is not there yet': [step([wrote(1), marked('commit'), wrote(3)], [committed()]), false],
      'nothing is open': [step([wrote(1), marked('commit'), committed()], [reads(2)]), false],
    },
  },
  'aborted-record-passed-over': {
    good: { 'it is left out': step([wrote(1), marked('abort'), committed()], [reads(2)]) },
    bad: {
      'it is read': [step([wrote(1), marked('abort'), read(1)], [reads(2)]), false],
      'it is committed': [step([wrote(1), marked('commit')], [reads(2)]), false],
      'the reader is not there': [step([wrote(1), marked('abort')], []), false],
      'it is an offset': [step([wrote(0), marked('abort')], [reads(2)]), false],
    },
  },
  'append-stopped-by-marker': {
    good: {
      'a batch of a producer': step([batch('verified', p2)], [batch('unguarded', p2)]),
      'a late request': step([], [lateRequest(1, 'unguarded')]),
    },
    bad: { 'it is verified': [step([lateRequest()], [batch('verified')]), false] },
  },
  'late-record-refused': {
    good: {
      'nothing is appended': step([lateRequest()], [requestHandled], handlesLate),
      'an offset is there': step([wrote(0), lateRequest(0)], [requestHandled], handlesLate),
      'another record is there': step([wrote(2), lateRequest()], [requestHandled], handlesLate),
    },
    bad: {
      'it is appended': [step([lateRequest()], [requestHandled, wrote(1)], handlesLate), false],
      'it is there': [step([wrote(1), lateRequest()], [requestHandled], handlesLate), false],
      'it is still there': [step([lateRequest()], [], handlesLate), false],
      'it is something else': [step([lateRequest()], [requestHandled]), false],
    },
  },
  'late-marker-refused': {
    good: { 'nothing is written': step([lateMarkerSent], [markerHandled], handlesMarker) },
    bad: {
      'it is written': [
        step([lateMarkerSent], [markerHandled, marked('commit')], handlesMarker),
        false,
      ],
      'it is something else': [step([lateMarkerSent], [markerHandled]), false],
    },
  },
  'commit-answered-again': {
    good: { 'at once': step([], [tells], ends) },
    bad: {
      'it was told before': [step([tells], [], ends), false],
      'it is told abort': [step([], [transaction(1, { told: 'aborted' })], ends), false],
      'when it is committed': [step([], [tells], { name: 'replicateDecisions' }), false],
    },
  },
  'failed-commit-read': {
    good: { 'it was decided': step([], [transaction(1, { told: 'failure', decided: 'commit' })]) },
    bad: {
      'it was decided otherwise': [
        step([], [transaction(1, { told: 'failure', decided: 'abort' })]),
        false,
      ],
      'it was told': [step([], [transaction(1, { told: 'committed', decided: 'commit' })]), false],
    },
  },
  'offset-unstable': {
    good: { 'a process asks': step([wrote(0, { to: offsets, input: 1 })], [isReady()]) },
    bad: {
      'it is decided': [
        step([wrote(0, { to: offsets }), marked('commit', { to: offsets })], [isReady()]),
        false,
      ],
      'what is open is a record': [step([wrote(1)], [isReady()]), false],
      'it reads': [
        step([wrote(0, { to: offsets }), producerHas({ isReading: true })], [isReady()]),
        false,
      ],
      'it has the input not': [step([wrote(0, { to: offsets })], [isReady(second)]), false],
      'it is not ready': [step([wrote(0, { to: offsets })], [goes(['start'])]), false],
    },
  },
  'earlier-generation-refused': {
    good: {
      'at once': step(behind, [refused], { name: 'handleProduce' }),
      'once it is verified': step(behind, [refused], { name: 'appendVerified' }),
    },
    bad: {
      'it is taken': [step(behind, [], { name: 'handleProduce' }), false],
      'it is of this generation': [
        step([...behind, producerHas({ generation: 1 })], [refused], { name: 'handleProduce' }),
        false,
      ],
      'it did not read': [
        step([isReady(), generation(1)], [refused], { name: 'handleProduce' }),
        false,
      ],
      'it is something else': [step(behind, [refused]), false],
    },
  },
};

/** What is seen in version 1 alone. */
export const firstCases: Readonly<Record<string, Cases>> = {
  'epoch-bumped-after-error': {
    good: {
      'it has its next epoch': step(
        [goes(['start']), producerHas({ needsBump: true })],
        [goes(['initialized'])],
      ),
      'the other has': step(
        [goes(['start'], second), producerHas({ needsBump: true }, second)],
        [goes(['initialized'], second)],
      ),
    },
    bad: {
      'it has none yet': [step([goes(['start']), producerHas({ needsBump: true })], []), false],
      'it had no error': [step([goes(['start'])], [goes(['initialized'])]), false],
      'it is still asking': [step([goes(['start'])], [producerHas({ needsBump: true })]), false],
      'it did not ask': [
        step([isReady(), producerHas({ needsBump: true })], [goes(['begin', 'commit', 'ended'])]),
        false,
      ],
    },
  },
};

/** What is seen without transactions alone. */
export const plainCases: Readonly<Record<string, Cases>> = {
  'output-repeated': {
    good: {
      'one input has two': step(
        [outside(1), wrote(1, { kind: 'plain', input: 1 })],
        [wrote(2, { kind: 'plain', input: 1, to: p2 })],
      ),
    },
    bad: {
      'each has one': [
        step([wrote(1, { kind: 'plain', input: 1 })], [wrote(2, { kind: 'plain', input: 2 })]),
        false,
      ],
      'one is in a transaction': [
        step([wrote(1, { kind: 'plain', input: 1 })], [wrote(2, { input: 1, to: p1 })]),
        false,
      ],
      'they are offsets': [
        step(
          [wrote(0, { kind: 'plain', input: 1, to: offsets })],
          [wrote(0, { kind: 'plain', input: 1, to: offsets })],
        ),
        false,
      ],
    },
  },
};
