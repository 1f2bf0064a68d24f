//! Strongly connected components of a graph. A graph lists for each node the indices of the nodes that it leads to.

/// The strongly connected component of each node, by Kosaraju's two passes, with stacks of their own.
pub(crate) fn components(forward: &[Vec<usize>]) -> Vec<usize> {
    let mut backward = vec![Vec::new(); forward.len()];
    for (from, targets) in forward.iter().enumerate() {
        for &to in targets {
            backward[to].push(from);
        }
    }
    let mut component = vec![usize::MAX; forward.len()];
    for start in finish_order(forward).into_iter().rev() {
        let mut waiting = vec![start];
        while let Some(index) = waiting.pop() {
            if component[index] == usize::MAX {
                component[index] = start;
                waiting.extend(backward[index].iter().copied().filter(|&next| component[next] == usize::MAX));
            }
        }
    }
    component
}

/// The nodes in the order in which a depth-first walk leaves them.
pub(crate) fn finish_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::with_capacity(edges.len());
    for start in 0..edges.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((index, next)) = path.pop() {
            match edges[index].get(next) {
                Some(&target) => {
                    path.push((index, next + 1));
                    if !std::mem::replace(&mut seen[target], true) {
                        path.push((target, 0));
                    }
                }
                None => order.push(index),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_back_to_itself_is_one_component() {
        let found = components(&[vec![1, 4], vec![2], vec![1, 3], vec![], vec![4], vec![0]]);
        assert_eq!(found[1], found[2]);
        let distinct: std::collections::BTreeSet<usize> = found.iter().copied().collect();
        assert_eq!(distinct.len(), 5, "{found:?}");
    }
}
