import { type Cases, clients, p2, wrote } from '../handBuilt.ts';

export const numberCases: Readonly<Record<string, Cases>> = {
  'sequences-are-contiguous': {
    good: {
      'each follows the one before': clients(wrote(1), wrote(2)),
      'the first may be any': clients(wrote(1, { sequence: 2 }), wrote(2, { sequence: 3 })),
      'a new epoch begins at 0': clients(
        wrote(1, { sequence: 3 }),
        wrote(2, { epoch: 1, sequence: 0 }),
      ),
      'another producer is in between': clients(
        wrote(1),
        wrote(3, { id: 2, sequence: 0 }),
        wrote(2, { sequence: 1 }),
      ),
      'what has no number is in between': clients(
        wrote(1),
        wrote(3, { sequence: undefined }),
        wrote(2, { sequence: 1 }),
      ),
    },
    bad: {
      'one is missing': [
        clients(wrote(1), wrote(2, { sequence: 2 })),
        'partition-1: producer id 1 has sequence 2 of epoch 0 at offset 1, where 1 was next',
      ],
      'one is there again': [
        clients(wrote(1), wrote(2, { sequence: 0 })),
        'partition-1: producer id 1 has sequence 0 of epoch 0 at offset 1, where 1 was next',
      ],
      'a new epoch goes on': [
        clients(wrote(1), wrote(2, { epoch: 1, sequence: 1 })),
        'partition-1: producer id 1 has sequence 1 of epoch 1 at offset 1, where 0 was next',
      ],
      'it is so of another producer': [
        clients(wrote(1), wrote(2, { id: 2, sequence: 0 }), wrote(3, { id: 2, sequence: 3 })),
        'partition-1: producer id 2 has sequence 3 of epoch 0 at offset 2, where 1 was next',
      ],
    },
    silent: {
      'there is one entry': clients(wrote(1)),
      'nothing has a number': clients(
        wrote(1, { sequence: undefined }),
        wrote(2, { sequence: undefined }),
      ),
    },
  },
  'producer-epochs-only-grow': {
    good: {
      'a later epoch follows': clients(
        wrote(1),
        wrote(2, { epoch: 1, sequence: 0 }),
        wrote(3, { epoch: 1, sequence: 1 }),
      ),
      'another producer is in an earlier one': clients(
        wrote(1, { epoch: 1 }),
        wrote(2, { id: 2, sequence: 0 }),
      ),
    },
    bad: {
      'an earlier one follows': [
        clients(wrote(1, { epoch: 1 }), wrote(2, { epoch: 0, sequence: 0 })),
        'partition-1: epoch 0 of producer id 1 is at offset 1, behind epoch 1',
      ],
      'it is so in the other partition': [
        clients(wrote(1, { to: p2, epoch: 2 }), wrote(2, { to: p2, epoch: 1 })),
        'partition-2: epoch 1 of producer id 1 is at offset 1, behind epoch 2',
      ],
    },
    silent: { 'all is of the first epoch': clients(wrote(1), wrote(2)) },
  },
};
