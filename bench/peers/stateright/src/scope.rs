//! The constants of the published specification.

use std::sync::OnceLock;

#[derive(Clone, Copy)]
pub struct Scope {
    pub replicas: usize,
    pub log_size: usize,
    pub records: usize,
    /// Decisions of the controller: one more than the last leader epoch.
    pub epochs: usize,
}

/// Every order of the numbers below `count`, which is the same in all calls.
pub fn permutations(count: usize) -> &'static [Vec<usize>] {
    static ALL: OnceLock<Vec<Vec<usize>>> = OnceLock::new();
    ALL.get_or_init(|| orders(count))
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![vec![]];
    }
    let shorter = orders(count - 1);
    let with_last = |order: &Vec<usize>| {
        let order = order.clone();
        (0..count).map(move |at| {
            let mut longer = order.clone();
            longer.insert(at, count - 1);
            longer
        })
    };
    shorter.iter().flat_map(with_last).collect()
}
