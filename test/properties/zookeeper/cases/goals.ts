import {
  b1,
  b2,
  b3,
  begins,
  type Cases,
  controller,
  type Edit,
  handling,
  heard,
  isDown,
  loses,
  names,
  plays,
  registeredAs,
  resigns,
  sends,
  step,
  told,
  writes,
  zooKeeper,
} from '../handBuilt.ts';

const newer = heard(b2, { controllerEpoch: 2 });
const replaced = zooKeeper({ controllerEpoch: 2 });
const follows = [writes({ leaderEpoch: 1 }), told(b2, 1)];

/** Broker 3 led and is down, broker 2 leads in epoch 1, and everybody who is up knows it. */
const recovered: readonly Edit[] = [
  isDown(b3),
  writes({ leader: b2, leaderEpoch: 1, isr: [b1, b2] }),
  controller(b1, { version: 1 }),
  ...[b1, b2].flatMap(each => [told(each, 1), heard(each, { leader: b2, leaderEpoch: 1 })]),
];

/** Broker 2 is deposed, and does not know it. */
const zombie: readonly Edit[] = [plays(b2, 'lead'), loses(b2, 'expire')];

const resigning = (name: string) => step([], [resigns(b1)], { name });
const byElection = { name: 'electPreferred', params: { controller: 'broker-1' } };
const otherLeads = writes({ leader: b2, leaderEpoch: 1 });
const deletion = writes({ leader: undefined, isr: [], replicas: [] });

/** Scenes, and what is none. */
export const goalCases: Readonly<Record<string, Cases>> = {
  'two-controllers-act': {
    good: { 'another is elected': step([], [names(b2), begins(b2, 2, 'elected')]) },
    bad: { 'one acts': [step([], []), false] },
  },
  'earlier-controller-refused': {
    good: { 'a newer one is known': handling([newer, sends(b1, b2)], []) },
    bad: {
      'it is of the newest': [handling([sends(b1, b2)], []), false],
      'nothing is handled': [handling([newer, sends(b1, b2)], [], 'fetch'), false],
    },
  },
  'earlier-controller-obeyed': {
    good: { 'the broker knows no newer one': handling([replaced, sends(b1, b2)], follows) },
    bad: {
      'it is of the present one': [handling([sends(b1, b2)], follows), false],
      'it is refused': [handling([replaced, sends(b1, b2)], []), false],
      'it is no role': [
        handling([replaced, sends(b1, b2, { kind: 'updateMetadata' })], follows),
        false,
      ],
      'nothing is handled': [handling([replaced, sends(b1, b2)], follows, 'fetch'), false],
    },
  },
  'session-lost-while-taking-over': {
    good: {
      'before it has read': step([begins(b2, 2, 'elected')], [loses(b2, 'expire')]),
      'before it has told': step([begins(b2, 2, 'loaded')], [loses(b2, 'expire')]),
    },
    bad: {
      'it acts by then': [step([begins(b2, 2)], [loses(b2, 'expire')]), false],
      'its session goes on': [step([], [begins(b2, 2, 'loaded')]), false],
    },
  },
  'resigns-by-refused-write': {
    good: {
      'it would elect': resigning('handleBrokerChange'),
      'it would write an ISR': resigning('handleAlterPartition'),
      'it would let a broker leave': resigning('letLeave'),
    },
    bad: {
      'it hears of it': [resigning('electController'), false],
      'it goes on': [step([], [], { name: 'letLeave' }), false],
      'it begins': [step([], [begins(b2, 2)], { name: 'letLeave' }), false],
    },
  },
  'zombie-leader-serves': {
    good: { 'another was written': step([], [...zombie, writes({ leader: b3 })]) },
    bad: {
      'it is still the leader': [step([], [...zombie, writes({ leader: b2 })]), false],
      'nobody leads': [step([], [...zombie, writes({ leader: undefined })]), false],
      'it follows': [step([], [loses(b2, 'expire'), writes({ leader: b3 })]), false],
      'its session goes on': [step([], [plays(b2, 'lead'), writes({ leader: b3 })]), false],
    },
  },
  'stale-incarnation-refused': {
    good: { 'it has registered since': handling([registeredAs(b2, 1), sends(b1, b2)], []) },
    bad: {
      'it is of now': [handling([sends(b1, b2)], []), false],
      'nothing is handled': [handling([registeredAs(b2, 1), sends(b1, b2)], [], 'fetch'), false],
    },
  },
  'isr-changes': {
    good: { 'a leader is alone': step([], [writes({ isr: [b1] })]) },
    bad: {
      'nothing is written': [step([], []), false],
      'the ISR stays': [step([], [writes({})]), false],
      'a controller elects': [step([], [writes({ isr: [b1], leaderEpoch: 1 })]), false],
    },
  },
  'clients-find-new-leader': {
    good: { 'everybody knows': step([], recovered) },
    bad: {
      'nobody leads': [
        step(
          [],
          [
            ...recovered,
            writes({ leader: undefined, leaderEpoch: 2 }),
            ...[b1, b2].map(each => heard(each, { leader: undefined })),
          ],
        ),
        false,
      ],
      'it is the first leader': [step([], [isDown(b3)]), false],
      'something is under way': [step([], [...recovered, sends(b1, b2)]), false],
      'the one that led is back': [
        step([], [otherLeads, ...[b1, b2, b3].map(each => heard(each, { leader: b2 }))]),
        false,
      ],
      'one sends them elsewhere': [step([], [...recovered, heard(b1, { leader: b3 })]), false],
    },
  },
  'preferred-leader-elected': {
    good: {
      'another led': step([otherLeads], [writes({ leader: b1, leaderEpoch: 2 })], byElection),
    },
    bad: {
      'it is another event': [step([otherLeads], [writes({ leader: b1, leaderEpoch: 2 })]), false],
      'nothing is written': [step([otherLeads], [], byElection), false],
      'nobody led': [
        step([writes({ leader: undefined })], [writes({ leader: b1 })], byElection),
        false,
      ],
      'the ISR shrinks': [
        step([otherLeads], [writes({ leader: b1, leaderEpoch: 2, isr: [b1] })], byElection),
        false,
      ],
    },
  },
  'topic-deleted': {
    good: { 'its replicas go': step([], [deletion]) },
    bad: {
      'there was none': [step([deletion], [writes({})]), false],
      'it is there': [step([], [writes({})]), false],
      'there is no controller': [step([], [deletion, names(undefined)]), false],
    },
  },
};
