import {
  acknowledged,
  arrived,
  b2,
  batch,
  becomes,
  type Cases,
  committed,
  cut,
  late,
  numbering,
  p2,
  producerHas,
  request,
  step,
  wrote,
} from '../handBuilt.ts';

const handles = { name: 'handleProduce' };
const handlesLate = { name: 'handleLateRequest', params: { late: 0 } };
const receives = { name: 'receiveAnswer' };

/** The scenes of producers. */
export const goalCases: Readonly<Record<string, Cases>> = {
  'record-acknowledged': {
    good: { 'success is told': step([wrote(1)], [acknowledged(1, 0, p2)]) },
    bad: { 'nobody was told': [step([wrote(1)], [committed(1)]), false] },
  },
  'duplicate-recognised': {
    good: {
      'it waits, and nothing is appended': step(
        [batch(1), wrote(1), request(0, 'sent')],
        [becomes('waiting')],
        handles,
      ),
      'success is answered at once': step(
        [batch(1), request(0, 'sent')],
        [becomes('answered', 'success')],
        handles,
      ),
    },
    bad: {
      'something is appended': [
        step([batch(1), request(0, 'sent')], [wrote(1), becomes('waiting')], handles),
        false,
      ],
      'it is refused': [
        step([batch(1), request(0, 'sent')], [becomes('answered', 'outOfOrderSequence')], handles),
        false,
      ],
      'it is no handling': [step([batch(1), request(0, 'sent')], [becomes('waiting')]), false],
    },
  },
  'failed-record-stored': {
    good: { 'it is committed': step([batch(1, 'failed'), wrote(1)], [committed(1)]) },
    bad: {
      'it is not committed': [step([batch(1, 'failed')], [wrote(1)]), false],
      'it is not there': [step([batch(1, 'failed'), wrote(2)], [committed(1)]), false],
      'it did not fail': [step([batch(1, 'succeeded'), wrote(1)], [committed(1)]), false],
    },
  },
  'uncommitted-record-lost': {
    good: { 'the log is shorter': step([wrote(1)], [cut(0)], { name: 'failOver' }) },
    bad: {
      'it is not': [step([wrote(1)], [], { name: 'failOver' }), false],
      'it was another fault': [step([wrote(1)], [cut(0)], { name: 'failOverUncleanly' }), false],
    },
  },
  'gap-answered': {
    good: {
      'the answer says so': step(
        [batch(1), request(0, 'sent')],
        [becomes('answered', 'outOfOrderSequence')],
      ),
    },
    bad: {
      'the answer says something else': [
        step([batch(1), request(0, 'sent')], [becomes('answered', 'notLeader')]),
        false,
      ],
      'it said so before': [
        step([batch(1), request(0, 'answered', 'outOfOrderSequence')], []),
        false,
      ],
    },
  },
  'epoch-bumped': {
    good: {
      'the epoch is the next': step([batch(1)], [producerHas({ producerEpoch: 1 })]),
      'the id is another': step([batch(1)], [producerHas({ producerId: 2 })]),
    },
    bad: {
      'both are as before': [step([producerHas({ producerId: 2 }), batch(1)], []), false],
      'the id is the first': [
        step([producerHas({ producerId: 0 }), batch(1)], [producerHas({ producerId: 1 })]),
        false,
      ],
      'nothing was sent yet': [step([], [producerHas({ producerId: 2 })]), false],
    },
  },
  'late-request-fenced': {
    good: {
      'it is of an earlier epoch': step([wrote(1, { epoch: 1 }), late(2)], [arrived], handlesLate),
    },
    bad: {
      'it is appended': [
        step([wrote(1, { epoch: 1 }), late(2)], [arrived, wrote(2)], handlesLate),
        false,
      ],
      'it is of the same epoch': [
        step([wrote(1, { epoch: 1 }), late(2, 1)], [arrived], handlesLate),
        false,
      ],
      'it is of another producer': [
        step([wrote(1, { epoch: 1 }), late(2, 0, undefined, 2)], [arrived], handlesLate),
        false,
      ],
      'the broker does not lead': [
        step([wrote(1, { epoch: 1 }), late(2, 0, b2)], [arrived], handlesLate),
        false,
      ],
      'no request arrives': [step([wrote(1, { epoch: 1 }), late(2)], [arrived]), false],
    },
  },
  'expired-batch-resolved': {
    good: {
      'nothing is missing': step(
        [numbering({ unresolvedBefore: 1 })],
        [numbering({ unresolvedBefore: undefined })],
      ),
    },
    bad: {
      'a batch is missing': [
        step(
          [numbering({ unresolvedBefore: 1 })],
          [numbering({ unresolvedBefore: undefined, gapAt: 1 })],
        ),
        false,
      ],
      'it was known that one is missing': [
        step(
          [numbering({ unresolvedBefore: 1, gapAt: 1 })],
          [numbering({ unresolvedBefore: undefined, gapAt: undefined })],
        ),
        false,
      ],
      'nothing was unresolved': [step([], []), false],
      'it is unresolved still': [step([numbering({ unresolvedBefore: 1 })], []), false],
    },
  },
  'leader-named': {
    good: { 'it is another': step([], [numbering({ leader: b2 })], receives) },
    bad: {
      'it is the same': [step([], [], receives), false],
      'metadata say so': [
        step([], [numbering({ leader: b2 })], { name: 'refreshMetadata' }),
        false,
      ],
    },
  },
};

/** The scenes of producers without idempotence. */
export const plainGoalCases: Readonly<Record<string, Cases>> = {
  'record-repeated': {
    good: { 'it is there twice': step([wrote(1), wrote(2)], [wrote(1)]) },
    bad: { 'each is there once': [step([wrote(1)], [wrote(2)]), false] },
  },
  'records-reordered': {
    good: { 'a later one is first': step([wrote(2)], [wrote(1)]) },
    bad: {
      'the order is kept': [step([wrote(1)], [wrote(2)]), false],
      'one is there twice': [step([wrote(1)], [wrote(1)]), false],
    },
  },
};
