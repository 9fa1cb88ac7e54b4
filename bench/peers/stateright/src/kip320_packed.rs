//! The same specification in 28 bytes that are copied and hashed as one piece. Numbers are kept one higher where 0 is
//! "none"; an ISR is a bit for each replica; a record is one byte.

use crate::scope::{permutations, Scope};
use stateright::{Model, Property, Representative};

const REPLICAS: usize = 3;
const LOG: usize = 2;
const REQUESTS: usize = 5;

/// Of each replica: high watermark, epoch, leader, ISR and its log.
const HW: usize = 0;
const EPOCH: usize = 1;
const LEADER: usize = 2;
const ISR: usize = 3;
const RECORDS: usize = 4;
const EACH: usize = RECORDS + LOG;

/// The controller's epoch, leader and ISR, the next record, and the requests of the epochs: leader and ISR in a byte.
const QUORUM: usize = REPLICAS * EACH;
const NEXT: usize = QUORUM + 3;
const SENT: usize = NEXT + 1;
const SIZE: usize = SENT + REQUESTS + 1;
const NONE: u8 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State([u8; SIZE]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    ElectLeader(u8),
    ControllerShrinkIsr(u8),
    BecomeLeader(u8, u8),
    Write(u8),
    ToggleIsr(u8, u8),
    IncHighWatermark(u8),
    BecomeFollower(u8, u8, u8),
    Fetch(u8, u8),
}

pub struct Kip320 {
    pub scope: Scope,
}

fn bit(replica: usize) -> u8 {
    1 << replica
}

impl State {
    fn of(&self, replica: usize) -> &[u8] {
        &self.0[replica * EACH..(replica + 1) * EACH]
    }

    fn of_mut(&mut self, replica: usize) -> &mut [u8] {
        &mut self.0[replica * EACH..(replica + 1) * EACH]
    }

    fn log(&self, replica: usize) -> &[u8] {
        &self.of(replica)[RECORDS..]
    }

    fn end(&self, replica: usize) -> usize {
        self.log(replica)
            .iter()
            .take_while(|record| **record != NONE)
            .count()
    }

    fn quorum(&self) -> (u8, u8, u8) {
        (self.0[QUORUM], self.0[QUORUM + 1], self.0[QUORUM + 2])
    }

    fn requests(&self) -> usize {
        self.0[SENT] as usize
    }

    /// The leader and the ISR that the request of an epoch names.
    fn request(&self, epoch: usize) -> (u8, u8) {
        let byte = self.0[SENT + 1 + epoch];
        (byte >> REPLICAS, byte & ((1 << REPLICAS) - 1))
    }

    fn obey(&mut self, replica: usize, epoch: usize) {
        let (leader, isr) = self.request(epoch);
        let own = self.of_mut(replica);
        (own[EPOCH], own[LEADER], own[ISR]) = (epoch as u8 + 1, leader, isr);
    }

    fn presumes_leadership(&self, replica: usize) -> bool {
        self.of(replica)[LEADER] as usize == replica + 1
    }

    fn is_true_leader(&self, leader: usize) -> bool {
        let (epoch, of, _) = self.quorum();
        of as usize == leader + 1
            && self.presumes_leadership(leader)
            && self.of(leader)[EPOCH] == epoch
    }

    fn is_following(&self, leader: usize, follower: usize) -> bool {
        self.presumes_leadership(leader)
            && self.of(follower)[LEADER] as usize == leader + 1
            && self.of(follower)[EPOCH] == self.of(leader)[EPOCH]
    }

    fn decide(&mut self, leader: u8) {
        let epoch = self.requests();
        (self.0[QUORUM], self.0[QUORUM + 1]) = (epoch as u8 + 1, leader);
        self.0[SENT + 1 + epoch] = leader << REPLICAS | self.0[QUORUM + 2];
        self.0[SENT] += 1;
    }

    /// Whether what leaders expose is on all of an ISR.
    fn is_replicated(&self, isr_of: impl Fn(usize) -> u8) -> bool {
        (0..REPLICAS)
            .filter(|leader| self.presumes_leadership(*leader))
            .all(|leader| {
                let exposed = &self.log(leader)[..self.of(leader)[HW] as usize];
                (0..REPLICAS).all(|member| {
                    isr_of(leader) & bit(member) == 0
                        || !exposed.contains(&NONE) && self.log(member).starts_with(exposed)
                })
            })
    }

    fn renamed(&self, new_name: &[usize]) -> Self {
        let node = |named: u8| {
            if named == NONE {
                NONE
            } else {
                new_name[named as usize - 1] as u8 + 1
            }
        };
        let set = |isr: u8| {
            (0..REPLICAS)
                .filter(|old| isr & bit(*old) != 0)
                .fold(0, |all, old| all | bit(new_name[old]))
        };
        let mut state = *self;
        for old in 0..REPLICAS {
            let own = state.of_mut(new_name[old]);
            own.copy_from_slice(self.of(old));
            (own[LEADER], own[ISR]) = (node(own[LEADER]), set(own[ISR]));
        }
        let (_, leader, isr) = self.quorum();
        (state.0[QUORUM + 1], state.0[QUORUM + 2]) = (node(leader), set(isr));
        for epoch in 0..self.requests() {
            let (leader, isr) = self.request(epoch);
            state.0[SENT + 1 + epoch] = node(leader) << REPLICAS | set(isr);
        }
        state
    }
}

impl Kip320 {
    fn actions_of(&self, state: &State, leader: usize, actions: &mut Vec<Action>) {
        let by = leader as u8;
        let (_, quorum_leader, quorum_isr) = state.quorum();
        let is_in_isr = quorum_isr & bit(leader) != 0;
        let leads = quorum_leader == by + 1;
        if state.requests() < self.scope.epochs {
            if is_in_isr && !leads {
                actions.push(Action::ElectLeader(by));
            }
            if is_in_isr || leads {
                actions.push(Action::ControllerShrinkIsr(by));
            }
        }
        for request in 0..state.requests() {
            if state.request(request).0 != by + 1 {
                continue;
            }
            for replica in 0..REPLICAS {
                if state.of(replica)[EPOCH] as usize > request {
                    continue;
                }
                if replica == leader {
                    actions.push(Action::BecomeLeader(by, request as u8));
                } else if state.presumes_leadership(leader)
                    && state.of(leader)[EPOCH] as usize == request + 1
                {
                    actions.push(Action::BecomeFollower(by, replica as u8, request as u8));
                }
            }
        }
        if state.presumes_leadership(leader) {
            self.actions_of_leader(state, leader, actions);
        }
    }

    fn actions_of_leader(&self, state: &State, leader: usize, actions: &mut Vec<Action>) {
        let by = leader as u8;
        let (own, end) = (state.of(leader), state.end(leader));
        let hw = own[HW] as usize;
        if (state.0[NEXT] as usize) < self.scope.records && end < self.scope.log_size {
            actions.push(Action::Write(by));
        }
        let follows = |each: usize| state.is_following(leader, each);
        let has = |each: usize| follows(each) && state.end(each) > hw;
        if end > hw && (0..REPLICAS).all(|each| own[ISR] & bit(each) == 0 || has(each)) {
            actions.push(Action::IncHighWatermark(by));
        }
        let covers_earlier_epochs = end == hw || own[RECORDS + hw] & 7 == own[EPOCH];
        for follower in (0..REPLICAS).filter(|each| *each != leader) {
            let to = follower as u8;
            let is_behind = state.end(follower) < end;
            if follows(follower) && is_behind {
                actions.push(Action::Fetch(by, to));
            }
            if !state.is_true_leader(leader) {
                continue;
            }
            if own[ISR] & bit(follower) != 0 {
                // A successor for each reason, as the specification has it.
                let reasons = usize::from(!follows(follower)) + usize::from(is_behind);
                actions.extend(std::iter::repeat(Action::ToggleIsr(by, to)).take(reasons));
            } else if follows(follower) && state.end(follower) >= hw && covers_earlier_epochs {
                actions.push(Action::ToggleIsr(by, to));
            }
        }
    }
}

impl Model for Kip320 {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let Scope {
            replicas,
            log_size,
            epochs,
            ..
        } = self.scope;
        assert!(
            replicas == REPLICAS && log_size == LOG && epochs <= REQUESTS,
            "no room for this scope"
        );
        let mut state = State([0; SIZE]);
        state.0[QUORUM + 2] = (1 << REPLICAS) - 1;
        vec![state]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for replica in 0..REPLICAS {
            self.actions_of(state, replica, actions);
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = *last;
        match action {
            Action::ElectLeader(leader) => state.decide(leader + 1),
            Action::ControllerShrinkIsr(replica) => {
                let (_, leader, isr) = last.quorum();
                let leads = leader == replica + 1;
                if !leads || isr != bit(replica as usize) {
                    state.0[QUORUM + 2] &= !bit(replica as usize);
                }
                state.decide(if leads { NONE } else { leader });
            }
            Action::BecomeLeader(leader, request) => state.obey(leader as usize, request as usize),
            Action::Write(leader) => {
                let leader = leader as usize;
                let end = last.end(leader);
                let own = state.of_mut(leader);
                // An epoch is never "none" here, so that no record is either.
                own[RECORDS + end] = last.0[NEXT] << 3 | own[EPOCH];
                state.0[NEXT] += 1;
            }
            Action::ToggleIsr(leader, follower) => {
                let own = state.of_mut(leader as usize);
                own[ISR] ^= bit(follower as usize);
                state.0[QUORUM + 2] = own[ISR];
            }
            Action::IncHighWatermark(leader) => state.of_mut(leader as usize)[HW] += 1,
            Action::BecomeFollower(leader, replica, request) => {
                let replica = replica as usize;
                let (theirs, own) = (last.log(leader as usize), last.log(replica));
                let same = |end: &usize| *end == 0 || theirs[end - 1] == own[end - 1];
                let end = (0..=last.end(replica)).rev().find(same).unwrap_or(0);
                let follower = state.of_mut(replica);
                follower[RECORDS + end..].fill(NONE);
                follower[HW] = follower[HW].min(end as u8);
                state.obey(replica, request as usize);
            }
            Action::Fetch(leader, follower) => {
                let (from, end) = (last.of(leader as usize), last.end(follower as usize));
                let to = state.of_mut(follower as usize);
                to[RECORDS + end] = from[RECORDS + end];
                to[HW] = from[HW].min(end as u8 + 1);
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("weak-isr", |_, state: &State| {
                state.is_replicated(|leader| state.of(leader)[ISR])
            }),
            Property::always("strong-isr", |_, state: &State| {
                state.is_replicated(|_| state.quorum().2)
            }),
        ]
    }
}

impl Representative for State {
    /// The least of all states that differ by the names of replicas.
    fn representative(&self) -> Self {
        permutations(REPLICAS)
            .iter()
            .map(|names| self.renamed(names))
            .min()
            .unwrap_or(*self)
    }
}
