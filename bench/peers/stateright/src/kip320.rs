//! The published specification of KIP-320 (hachikuji/kafka-specification, module Kip320) as one writes it with this
//! crate: vectors, sets and options. What an action means is told in test/published.

use crate::scope::Scope;
use stateright::{Model, Property, Representative};
use std::collections::BTreeSet;

type Isr = BTreeSet<usize>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record {
    id: usize,
    epoch: usize,
}

/// A leader and an ISR as somebody knows them; `None` is before anything was heard, or that nobody leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leadership {
    epoch: Option<usize>,
    leader: Option<usize>,
    isr: Isr,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Replica {
    high_watermark: usize,
    known: Leadership,
    log: Vec<Record>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    replicas: Vec<Replica>,
    next_record: usize,
    /// The request of each leader epoch, in their order.
    requests: Vec<Leadership>,
    quorum: Leadership,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    ElectLeader(usize),
    ControllerShrinkIsr(usize),
    BecomeLeader {
        leader: usize,
        request: usize,
    },
    Write(usize),
    ExpandIsr {
        leader: usize,
        follower: usize,
    },
    ShrinkIsr {
        leader: usize,
        follower: usize,
        is_behind: bool,
    },
    IncHighWatermark(usize),
    BecomeFollower {
        leader: usize,
        replica: usize,
        request: usize,
    },
    Fetch {
        leader: usize,
        follower: usize,
    },
}

pub struct Kip320 {
    pub scope: Scope,
}

impl State {
    fn presumes_leadership(&self, replica: usize) -> bool {
        self.replicas[replica].known.leader == Some(replica)
    }

    fn is_true_leader(&self, leader: usize) -> bool {
        self.quorum.leader == Some(leader)
            && self.presumes_leadership(leader)
            && self.replicas[leader].known.epoch == self.quorum.epoch
    }

    fn is_following(&self, leader: usize, follower: usize) -> bool {
        let (from, to) = (&self.replicas[leader].known, &self.replicas[follower].known);
        self.presumes_leadership(leader) && to.leader == Some(leader) && to.epoch == from.epoch
    }

    fn end(&self, replica: usize) -> usize {
        self.replicas[replica].log.len()
    }

    fn can_increase_high_watermark(&self, leader: usize) -> bool {
        let Replica {
            high_watermark,
            known,
            log,
        } = &self.replicas[leader];
        let has =
            |each: &usize| self.is_following(leader, *each) && self.end(*each) > *high_watermark;
        log.len() > *high_watermark && known.isr.iter().all(has)
    }

    fn can_expand(&self, leader: usize, follower: usize) -> bool {
        let Replica {
            high_watermark,
            known,
            log,
        } = &self.replicas[leader];
        let covers_earlier_epochs = log
            .get(*high_watermark)
            .map_or(true, |record| Some(record.epoch) == known.epoch);
        self.is_true_leader(leader)
            && !known.isr.contains(&follower)
            && self.is_following(leader, follower)
            && self.end(follower) >= *high_watermark
            && covers_earlier_epochs
    }

    /// Decides in a new leader epoch, and sends the request that says so.
    fn decide(&mut self, leader: Option<usize>) {
        self.quorum.leader = leader;
        self.quorum.epoch = Some(self.requests.len());
        self.requests.push(self.quorum.clone());
    }

    /// Adds the follower to the ISR of the leader and the controller, or takes it out.
    fn toggle(&mut self, leader: usize, follower: usize) {
        let isr = &mut self.replicas[leader].known.isr;
        if !isr.remove(&follower) {
            isr.insert(follower);
        }
        self.quorum.isr = isr.clone();
    }

    /// The end of the last record that both logs have.
    fn end_of_match(&self, leader: usize, replica: usize) -> usize {
        let (theirs, own) = (&self.replicas[leader].log, &self.replicas[replica].log);
        let same = |end: &usize| *end == 0 || theirs.get(end - 1) == Some(&own[end - 1]);
        (0..=own.len()).rev().find(same).unwrap_or(0)
    }

    /// Whether what leaders expose is on all of an ISR.
    fn is_replicated<'a>(&'a self, isr_of: impl Fn(usize) -> &'a Isr) -> bool {
        (0..self.replicas.len())
            .filter(|leader| self.presumes_leadership(*leader))
            .all(|leader| {
                let Replica {
                    high_watermark,
                    log,
                    ..
                } = &self.replicas[leader];
                let exposed = log.get(..*high_watermark);
                let has = |member: &usize| {
                    exposed.is_some()
                        && exposed == self.replicas[*member].log.get(..*high_watermark)
                };
                *high_watermark == 0 || isr_of(leader).iter().all(has)
            })
    }

    /// The state with its replicas renamed; `new_name[old]` is what each is called then.
    fn renamed(&self, new_name: &[usize]) -> Self {
        let rename = |known: &Leadership| Leadership {
            epoch: known.epoch,
            leader: known.leader.map(|old| new_name[old]),
            isr: known.isr.iter().map(|&old| new_name[old]).collect(),
        };
        let mut replicas = self.replicas.clone();
        for (old, replica) in self.replicas.iter().enumerate() {
            replicas[new_name[old]] = Replica {
                known: rename(&replica.known),
                ..replica.clone()
            };
        }
        Self {
            replicas,
            next_record: self.next_record,
            requests: self.requests.iter().map(rename).collect(),
            quorum: rename(&self.quorum),
        }
    }
}

impl Model for Kip320 {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let unheard = Leadership {
            epoch: None,
            leader: None,
            isr: Isr::new(),
        };
        let replica = Replica {
            high_watermark: 0,
            known: unheard.clone(),
            log: vec![],
        };
        vec![State {
            replicas: vec![replica; self.scope.replicas],
            next_record: 0,
            requests: vec![],
            quorum: Leadership {
                isr: (0..self.scope.replicas).collect(),
                ..unheard
            },
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let Scope {
            replicas,
            log_size,
            records,
            epochs,
        } = self.scope;
        let can_decide = state.requests.len() < epochs;
        for leader in 0..replicas {
            let is_in_isr = state.quorum.isr.contains(&leader);
            let leads = state.quorum.leader == Some(leader);
            if can_decide && is_in_isr && !leads {
                actions.push(Action::ElectLeader(leader));
            }
            if can_decide && (is_in_isr || leads) {
                actions.push(Action::ControllerShrinkIsr(leader));
            }
            if state.presumes_leadership(leader)
                && state.next_record < records
                && state.end(leader) < log_size
            {
                actions.push(Action::Write(leader));
            }
            if state.can_increase_high_watermark(leader) {
                actions.push(Action::IncHighWatermark(leader));
            }
            for (request, Leadership { leader: of, .. }) in state.requests.iter().enumerate() {
                if *of != Some(leader) {
                    continue;
                }
                for replica in 0..replicas {
                    if state.replicas[replica].known.epoch >= Some(request) {
                        continue;
                    }
                    if replica == leader {
                        actions.push(Action::BecomeLeader { leader, request });
                    } else if state.presumes_leadership(leader)
                        && state.replicas[leader].known.epoch == Some(request)
                    {
                        actions.push(Action::BecomeFollower {
                            leader,
                            replica,
                            request,
                        });
                    }
                }
            }
            for follower in (0..replicas).filter(|each| *each != leader) {
                if state.can_expand(leader, follower) {
                    actions.push(Action::ExpandIsr { leader, follower });
                }
                if state.is_true_leader(leader)
                    && state.replicas[leader].known.isr.contains(&follower)
                {
                    if !state.is_following(leader, follower) {
                        actions.push(Action::ShrinkIsr {
                            leader,
                            follower,
                            is_behind: false,
                        });
                    }
                    if state.end(follower) < state.end(leader) {
                        actions.push(Action::ShrinkIsr {
                            leader,
                            follower,
                            is_behind: true,
                        });
                    }
                }
                if state.is_following(leader, follower) && state.end(follower) < state.end(leader) {
                    actions.push(Action::Fetch { leader, follower });
                }
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::ElectLeader(leader) => state.decide(Some(leader)),
            Action::ControllerShrinkIsr(replica) => {
                let leads = state.quorum.leader == Some(replica);
                let is_alone = state.quorum.isr.iter().eq([&replica]);
                if !leads || !is_alone {
                    state.quorum.isr.remove(&replica);
                }
                state.decide(if leads { None } else { state.quorum.leader });
            }
            Action::BecomeLeader { leader, request } => {
                state.replicas[leader].known = state.requests[request].clone();
            }
            Action::Write(leader) => {
                let epoch = state.replicas[leader].known.epoch?;
                state.replicas[leader].log.push(Record {
                    id: state.next_record,
                    epoch,
                });
                state.next_record += 1;
            }
            Action::ExpandIsr { leader, follower }
            | Action::ShrinkIsr {
                leader, follower, ..
            } => {
                state.toggle(leader, follower);
            }
            Action::IncHighWatermark(leader) => state.replicas[leader].high_watermark += 1,
            Action::BecomeFollower {
                leader,
                replica,
                request,
            } => {
                let end = state.end_of_match(leader, replica);
                let known = state.requests[request].clone();
                let follower = &mut state.replicas[replica];
                follower.log.truncate(end);
                follower.high_watermark = follower.high_watermark.min(end);
                follower.known = known;
            }
            Action::Fetch { leader, follower } => {
                let Replica {
                    high_watermark,
                    log,
                    ..
                } = &last.replicas[leader];
                let to = &mut state.replicas[follower];
                to.log.push(log[to.log.len()]);
                to.high_watermark = (*high_watermark).min(to.log.len());
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("weak-isr", |_, state: &State| {
                state.is_replicated(|leader| &state.replicas[leader].known.isr)
            }),
            Property::always("strong-isr", |_, state: &State| {
                state.is_replicated(|_| &state.quorum.isr)
            }),
        ]
    }
}

impl Representative for State {
    /// The least of all states that differ by the names of replicas.
    fn representative(&self) -> Self {
        crate::scope::permutations(self.replicas.len())
            .iter()
            .map(|names| self.renamed(names))
            .min()
            .unwrap_or_else(|| self.clone())
    }
}
