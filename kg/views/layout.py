"""Where the nodes of a picture stand: computed here, so that a page opens at rest and looks the same every time."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

#: the room that a node takes with a piece of its label; the page itself decides which labels fit
WIDTH, HEIGHT = 70, 46
#: the distance to the middle, per root of the number of nodes
ROOM = 38.0
SEED = 7

#: nodes up to which those that lie over each other are pushed apart; beyond it there is no room for it
SPREAD = 600


def positions(
    graph: nx.MultiDiGraph, bare: frozenset[str] = frozenset(), seed: int = SEED
) -> dict[str, tuple[int, int]]:
    """The place of every node in pixels, around (0, 0); equal graphs get equal places.

    Parts that are not connected are laid out one by one and packed beside each other, the largest first, then single
    nodes. The ``bare`` ones, which no fact speaks of, stand in rows below all else, by kind and name.
    """
    # articles name nearly everything they print: laid out with the rest they would pull all of it into one heap
    articles = sorted(n for n, d in graph.nodes(data=True) if d.get("kind") == "article")
    if len(articles) == len(graph):
        articles = []
    named = sorted((n for n in graph if n in bare and n not in articles), key=lambda n: _rank(graph, n))
    if len(named) + len(articles) == len(graph):
        named = []
    apart = {*articles, *named}
    plain = nx.Graph()
    plain.add_nodes_from(sorted(n for n in graph if n not in apart))
    for a, b, data in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1])):
        if a in apart or b in apart:
            continue
        # what is part of what holds less together than what happened: half of everything lies in the district
        weight = 1.0 if data.get("fact") else 0.3
        before = plain.edges[a, b]["weight"] if plain.has_edge(a, b) else 0.0
        plain.add_edge(a, b, weight=min(before + weight, 3.0))
    parts = sorted((sorted(c) for c in nx.connected_components(plain)), key=lambda c: (-len(c), c[0]))
    boxes: list[tuple[list[str], NDArray[np.float64]]] = []
    lonely = [part[0] for part in parts if len(part) == 1]
    for part in parts:
        if len(part) > 1:
            boxes.append((part, _part(plain.subgraph(part), part, seed)))
    if lonely:
        boxes.append((lonely, _grid(len(lonely), 6)))
    if named:
        boxes.append((named, _grid(len(named), 14)))
    placed = _packed(boxes)
    for number, article in enumerate(articles):
        placed[article] = _beside(article, number, graph, placed)
    return placed


def _rank(graph: nx.MultiDiGraph, node: str) -> tuple[str, str, str]:
    data = graph.nodes[node]
    return str(data.get("kind", "")), str(data.get("label", "")), node


def _beside(article: str, number: int, graph: nx.MultiDiGraph, placed: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """A place for an article: in the middle of the events it tells, else of all it names, a step aside."""
    around = sorted(set(graph.successors(article)) | set(graph.predecessors(article)))
    events = [n for n in around if graph.nodes[n].get("kind") == "event"]
    near = [placed[n] for n in events or around if n in placed] or [(0, 0)]
    step = (number % 5 - 2) * 18
    x, y = (sum(p[axis] for p in near) / len(near) for axis in (0, 1))
    return round(x) + 46 + step, round(y) - 52 - step


def _part(part: nx.Graph, nodes: list[str], seed: int) -> NDArray[np.float64]:
    """The places of one connected part."""
    if len(nodes) == 2:
        return np.array([[0.0, 0.0], [1.6 * WIDTH, 0.0]])
    number = {node: i for i, node in enumerate(nodes)}
    ties = sorted((min(number[a], number[b]), max(number[a], number[b]), w) for a, b, w in part.edges(data="weight"))
    ends = np.array([(a, b) for a, b, _ in ties])
    places = _forces(len(nodes), ends, np.array([w for _, _, w in ties]), seed)
    # as much room as the nodes need, so that only neighbours must be pushed apart
    spread = float(np.sqrt((places**2).sum(axis=1).mean())) or 1.0
    places *= ROOM * np.sqrt(len(nodes)) / spread
    places[:, 0] *= 1.15
    return _apart(places) if len(nodes) <= SPREAD else places


def _forces(count: int, ends: NDArray[np.int64], weights: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Places by forces after Fruchterman and Reingold: nodes repel, ties pull, all are drawn to the middle a little.

    Our own, because ``networkx.spring_layout`` asks for scipy from 500 nodes on, and has no pull to the middle,
    without which chains of single ties stick out far.
    """
    places: NDArray[np.float64] = np.random.default_rng(seed).uniform(-1, 1, (count, 2)) * np.sqrt(count)
    pull = 1.0 + np.log1p(np.bincount(ends.ravel(), minlength=count))
    steps = _steps(count)
    for step in range(steps):
        across = places[:, None, 0] - places[None, :, 0]
        down = places[:, None, 1] - places[None, :, 1]
        push = 1.0 / np.maximum(across**2 + down**2, 0.01)
        move = np.stack([(across * push).sum(axis=1), (down * push).sum(axis=1)], axis=1)
        tie = places[ends[:, 0]] - places[ends[:, 1]]
        force = tie * (np.sqrt((tie**2).sum(axis=1)) * weights * 0.35)[:, None]
        # a hub is held by many ties: each pulls it less, or it would draw its neighbours into one heap
        np.subtract.at(move, ends[:, 0], force / pull[ends[:, 0], None])
        np.add.at(move, ends[:, 1], force / pull[ends[:, 1], None])
        move -= places * 0.12
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        limit = 0.12 * np.sqrt(count) * (1 - step / steps) + 0.01
        places = places + move * (np.minimum(length, limit) / length)[:, None]
        places = places - places.mean(axis=0)
    return places


def _steps(nodes: int) -> int:
    """Rounds of the layout: fewer for large graphs, where each costs more and shows less."""
    return 300 if nodes <= 300 else 150 if nodes <= 900 else 50


def _apart(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pushes nodes that lie over each other apart, each pair along the shorter way."""
    places = places.copy()
    upper = np.triu(np.ones((len(places), len(places)), dtype=bool), 1)
    for _ in range(120):
        across = places[:, None, 0] - places[None, :, 0]
        down = places[:, None, 1] - places[None, :, 1]
        over_x, over_y = WIDTH - np.abs(across), HEIGHT - np.abs(down)
        hit = (over_x > 0) & (over_y > 0) & upper
        if not hit.any():
            break
        sideways = hit & (over_x * 0.6 < over_y)
        upward = hit & ~sideways
        x = np.where(sideways, over_x * np.where(across < 0, -1.0, 1.0), 0.0) * 0.3
        y = np.where(upward, over_y * np.where(down < 0, -1.0, 1.0), 0.0) * 0.3
        places[:, 0] += x.sum(axis=1) - x.sum(axis=0)
        places[:, 1] += y.sum(axis=1) - y.sum(axis=0)
    return places


def _grid(count: int, columns: int) -> NDArray[np.float64]:
    """Rows of so many nodes."""
    return np.array([(125.0 * (i % columns), 75.0 * (i // columns)) for i in range(count)])


def _packed(boxes: list[tuple[list[str], NDArray[np.float64]]]) -> dict[str, tuple[int, int]]:
    """The parts beside each other: the largest in the middle, the others in rows below it."""
    placed: dict[str, tuple[int, int]] = {}
    row_width = 0.0
    x = y = row = 0.0
    for number, (nodes, places) in enumerate(boxes):
        low, high = places.min(axis=0), places.max(axis=0)
        width, height = high - low + np.array([160.0, 110.0])
        if number == 0:
            row_width = max(float(width), 480.0)
            shift = np.array([-row_width / 2 + (row_width - width) / 2, 0.0])
            y = float(height)
        else:
            if x and x + width > row_width:
                x, y, row = 0.0, y + row, 0.0
            shift = np.array([-row_width / 2 + x, y])
            x, row = x + float(width), max(row, float(height))
        for node, place in zip(nodes, places - low + shift + np.array([80.0, 55.0]), strict=True):
            placed[node] = (round(float(place[0])), round(float(place[1])))
    if placed:
        middle = (max(p[1] for p in placed.values()) + min(p[1] for p in placed.values())) // 2
        placed = {node: (x_, y_ - middle) for node, (x_, y_) in placed.items()}
    return placed
