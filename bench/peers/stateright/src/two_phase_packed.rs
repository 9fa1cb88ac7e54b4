//! Two-phase commit in nine bytes: a byte for each manager with what is known of it, and one for the decision.

use stateright::{Model, Property, Representative};

/// At most so many managers, so that a state is an array of fixed size.
const MOST: usize = 8;

/// The states of a manager, in the lowest two bits of its byte.
const STATE: u8 = 0b0011;
const WORKING: u8 = 0;
const PREPARED: u8 = 1;
const COMMITTED: u8 = 2;
const ABORTED: u8 = 3;
/// That it said that it is prepared, and that the coordinator has heard it.
const SENT: u8 = 0b0100;
const HEARD: u8 = 0b1000;

/// What the coordinator decided, which is also the message that it sent.
const OPEN: u8 = 0;
const COMMIT: u8 = 1;
const ABORT: u8 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    managers: [u8; MOST],
    decision: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Decide(u8),
    Hear(u8),
    Prepare(u8),
    ChooseToAbort(u8),
    Obey(u8),
}

pub struct TwoPhase {
    pub managers: usize,
}

impl TwoPhase {
    fn of<'a>(&self, state: &'a State) -> &'a [u8] {
        &state.managers[..self.managers]
    }
}

impl Model for TwoPhase {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        assert!(
            self.managers <= MOST,
            "a state has room for {MOST} managers"
        );
        vec![State {
            managers: [WORKING; MOST],
            decision: OPEN,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let is_open = state.decision == OPEN;
        if is_open && self.of(state).iter().all(|manager| manager & HEARD != 0) {
            actions.push(Action::Decide(COMMIT));
        }
        if is_open {
            actions.push(Action::Decide(ABORT));
        }
        for (by, manager) in self.of(state).iter().enumerate() {
            let by = by as u8;
            if is_open && manager & SENT != 0 {
                actions.push(Action::Hear(by));
            }
            if manager & STATE == WORKING {
                actions.push(Action::Prepare(by));
                actions.push(Action::ChooseToAbort(by));
            }
            if !is_open {
                actions.push(Action::Obey(by));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = *last;
        let mut set = |by: u8, value: u8| {
            let manager = &mut state.managers[by as usize];
            *manager = *manager & !STATE | value;
        };
        match action {
            Action::Decide(decision) => state.decision = decision,
            Action::Hear(by) => state.managers[by as usize] |= HEARD,
            Action::Prepare(by) => set(by, PREPARED | SENT),
            Action::ChooseToAbort(by) => set(by, ABORTED),
            Action::Obey(by) if last.decision == COMMIT => set(by, COMMITTED),
            Action::Obey(by) => set(by, ABORTED),
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("consistent", |model, state| {
            let is = |value: u8| {
                model
                    .of(state)
                    .iter()
                    .any(|manager| manager & STATE == value)
            };
            !(is(ABORTED) && is(COMMITTED))
        })]
    }
}

impl Representative for State {
    /// Managers are bytes of one kind. Those beyond the scope are 0 for ever, and are sorted to the end.
    fn representative(&self) -> Self {
        let mut sorted = *self;
        sorted.managers.sort_unstable_by(|a, b| b.cmp(a));
        sorted
    }
}
