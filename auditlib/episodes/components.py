"""Tickets that are tied: by their customer, by a merge, by a follow-up."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def components(
    ticket: np.ndarray, person: np.ndarray, tied: np.ndarray, same_person: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each ticket's component and customer, as the smallest surrogates among those tied.

    `ticket`, `person`: surrogates, the person 0 where nobody or a shared mailbox asked; `tied`:
    pairs of tickets, shape (k, 2), that are merged or follow each other; `same_person`: pairs of
    people, shape (j, 2), who are one. Pairs with a ticket that is not among the first are left out.
    """
    people = np.unique(np.concatenate([person[person != 0], same_person.ravel()]))
    customer_of = _smallest(people, same_person)
    asked = np.flatnonzero(person != 0)
    customer = np.zeros(len(ticket), np.int64)
    customer[asked] = customer_of[np.searchsorted(people, person[asked])]
    order = np.argsort(ticket)
    known = np.isin(tied, ticket).all(axis=1) if len(tied) else np.zeros(0, bool)
    ties = order[np.searchsorted(ticket, tied[known], sorter=order)]
    one_each, first = np.unique(customer[asked], return_inverse=True)
    representative = np.zeros(len(one_each), np.int64)
    representative[first] = asked
    by_customer = np.column_stack([asked, representative[first]])
    label = labels(len(ticket), np.vstack([ties, by_customer]))
    smallest = np.full(label.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(smallest, label, ticket)
    return smallest[label], customer


def _smallest(nodes: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """For each node the smallest node that it is connected with; `nodes` is sorted."""
    label = labels(len(nodes), np.searchsorted(nodes, pairs))
    smallest = np.full(label.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(smallest, label, nodes)
    return smallest[label]


def labels(n: int, pairs: np.ndarray) -> np.ndarray:
    """The number of each node's connected component, of n nodes with these edges, shape (k, 2)."""
    if n == 0:
        return np.zeros(0, np.int64)
    graph = coo_array((np.ones(len(pairs), bool), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64)
