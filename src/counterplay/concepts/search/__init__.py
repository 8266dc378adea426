"""Branch and contract: the search for every equilibrium of an n-player game.

Read in this order: `problem` (the game as it is searched), `supports` (what conditional dominance
leaves), `layout` and `cell` (where numbers lie), `exclusion`, `contraction`, `relaxation`, `root`
(what is done to a cell), `branch` (the loop), `cover`, `clusters`, `component_index` and `resolve`
(what the result means).
"""
