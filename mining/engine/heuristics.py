"""The Petri net of the heuristics miner."""

from __future__ import annotations

from pm4py.algo.discovery.heuristics.variants import classic

from mining.engine.nets import own_net
from mining.net import Net
from mining.simplify import Graph


def heuristics_petri(graph: Graph, threshold: float) -> Net:
    """Return the net that the heuristics miner draws of a directly-follows graph; it need not be sound.

    Weijters, van der Aalst, Alves de Medeiros, "Process mining with the HeuristicsMiner algorithm" (2006).
    """
    edges, starts, ends, counts = (
        dict(sorted(part.items())) for part in (graph.edges, graph.starts, graph.ends, graph.activities)
    )
    parameters = {classic.Parameters.DEPENDENCY_THRESH: threshold}
    return own_net(*classic.apply_dfg(edges, list(counts), counts, starts, ends, parameters))
