//! Two-phase commit as one writes it with this crate: a vector for the managers, a set of messages.

use stateright::{Model, Property, Representative};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manager {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coordinator {
    Init,
    Committed,
    Aborted,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Message {
    Prepared { by: usize },
    Commit,
    Abort,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    managers: Vec<Manager>,
    coordinator: Coordinator,
    heard: Vec<bool>,
    sent: BTreeSet<Message>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    DecideToCommit,
    DecideToAbort,
    Hear(usize),
    Prepare(usize),
    ChooseToAbort(usize),
    Commit(usize),
    Abort(usize),
}

pub struct TwoPhase {
    pub managers: usize,
}

impl Model for TwoPhase {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            managers: vec![Manager::Working; self.managers],
            coordinator: Coordinator::Init,
            heard: vec![false; self.managers],
            sent: BTreeSet::new(),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let is_open = state.coordinator == Coordinator::Init;
        if is_open && state.heard.iter().all(|heard| *heard) {
            actions.push(Action::DecideToCommit);
        }
        if is_open {
            actions.push(Action::DecideToAbort);
        }
        for by in 0..self.managers {
            if is_open && state.sent.contains(&Message::Prepared { by }) {
                actions.push(Action::Hear(by));
            }
            if state.managers[by] == Manager::Working {
                actions.push(Action::Prepare(by));
                actions.push(Action::ChooseToAbort(by));
            }
            if state.sent.contains(&Message::Commit) {
                actions.push(Action::Commit(by));
            }
            if state.sent.contains(&Message::Abort) {
                actions.push(Action::Abort(by));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::DecideToCommit => {
                state.coordinator = Coordinator::Committed;
                state.sent.insert(Message::Commit);
            }
            Action::DecideToAbort => {
                state.coordinator = Coordinator::Aborted;
                state.sent.insert(Message::Abort);
            }
            Action::Hear(by) => state.heard[by] = true,
            Action::Prepare(by) => {
                state.managers[by] = Manager::Prepared;
                state.sent.insert(Message::Prepared { by });
            }
            Action::ChooseToAbort(by) | Action::Abort(by) => state.managers[by] = Manager::Aborted,
            Action::Commit(by) => state.managers[by] = Manager::Committed,
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("consistent", |_, state: &State| {
            !(state.managers.contains(&Manager::Aborted)
                && state.managers.contains(&Manager::Committed))
        })]
    }
}

impl Representative for State {
    /// Managers in the order of all that is known of each: equal for all states that differ by their names.
    fn representative(&self) -> Self {
        let has_sent = |by: usize| self.sent.contains(&Message::Prepared { by });
        let mut order: Vec<usize> = (0..self.managers.len()).collect();
        order.sort_by_key(|&by| (self.managers[by], self.heard[by], has_sent(by)));
        let prepared = order.iter().enumerate().filter(|(_, &old)| has_sent(old));
        let decided = [Message::Commit, Message::Abort];
        Self {
            managers: order.iter().map(|&old| self.managers[old]).collect(),
            coordinator: self.coordinator,
            heard: order.iter().map(|&old| self.heard[old]).collect(),
            sent: prepared
                .map(|(by, _)| Message::Prepared { by })
                .chain(decided.into_iter().filter(|each| self.sent.contains(each)))
                .collect(),
        }
    }
}
