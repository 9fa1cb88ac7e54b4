//! Explores one model completely and prints what came of it as JSON:
//! stateright-peer <two-phase|kip320> <natural|packed> <scope: numbers with commas> <off|on: symmetry>

mod kip320;
mod kip320_packed;
mod scope;
mod two_phase;
mod two_phase_packed;

use scope::Scope;
use stateright::{Checker, Model, Representative};
use std::hash::Hash;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, form, scope, symmetry] = arguments.as_slice() else {
        panic!("expected <model> <form> <scope> <symmetry>");
    };
    let numbers: Vec<usize> = scope
        .split(',')
        .map(|each| each.parse().expect("a scope is numbers"))
        .collect();
    let symmetry = symmetry == "on";
    match (model.as_str(), form.as_str(), numbers.as_slice()) {
        ("two-phase", "natural", &[managers]) => {
            explore(two_phase::TwoPhase { managers }, symmetry)
        }
        ("two-phase", "packed", &[managers]) => {
            explore(two_phase_packed::TwoPhase { managers }, symmetry)
        }
        ("kip320", form, &[replicas, log_size, records, last_epoch]) => {
            let scope = Scope {
                replicas,
                log_size,
                records,
                epochs: last_epoch + 1,
            };
            match form {
                "natural" => explore(kip320::Kip320 { scope }, symmetry),
                _ => explore(kip320_packed::Kip320 { scope }, symmetry),
            }
        }
        _ => panic!("there is no such model"),
    }
}

/// Breadth first, or with symmetry depth first, which is what the crate has it for.
fn explore<M>(model: M, symmetry: bool)
where
    M: Model + Send + Sync + 'static,
    M::State: Representative + Clone + PartialEq + Hash + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let checker = model.checker().threads(1);
    if symmetry {
        report(checker.symmetry().spawn_dfs().join());
    } else {
        report(checker.spawn_bfs().join());
    }
}

fn report<M: Model>(checker: impl Checker<M>)
where
    M::State: Clone + PartialEq,
    M::Action: Clone + PartialEq,
{
    let broken: Vec<_> = checker.discoveries().into_keys().collect();
    println!(
        "{{\"distinct\":{},\"generated\":{},\"broken\":{:?}}}",
        checker.unique_state_count(),
        checker.state_count(),
        broken
    );
}
