"""The numbers of `suggest`, as benchmarks/mapping/fit_suggest.py fitted them to labelled texts; do not edit.

The texts are the development half of tests/labelled/suggest; `above` was set by hand.
"""

WEIGHTS = {
    "asked": 2.509,
    "found": 2.384,
    "both": 3.360,
    "letters": 2.210,
    "letters-beside": 2.300,
    "all": 2.667,
    "missing": -1.316,
    "extra": -1.564,
    "opposite": -0.289,
    "number": -0.572,
    "first": 0.847,
    "above": 2.000,
    "heading": 0.106,
    "same": 1.294,
    "misspelled": 0.150,
    "compound": -0.040,
    "order": 0.774,
    "lacks-unspecified": -1.334,
    "lacks-specified": -0.921,
    "lacks-other": -1.055,
    "lacks-elsewhere": -0.279,
    "lacks-negation": -0.144,
    "has-unspecified": -0.792,
    "has-specified": -0.756,
    "has-other": -1.062,
    "has-elsewhere": 0.668,
    "has-negation": 0.108,
}
"""How much each comparison counts; see `termbank.mapping.suggest_ranking.FEATURES`."""

NOTHING = 7.221
"""How well a title must fit to be as likely as that nothing is right."""

LEVEL, MARGIN = 0.2018, 0.6604
"""How much counts how well a title fits, and how far it is ahead of the best that reads otherwise."""

KNOTS = (
    (-3.751, 0.005),
    (-3.550, 0.008),
    (-3.423, 0.011),
    (-3.244, 0.015),
    (-3.063, 0.023),
    (-2.930, 0.031),
    (-2.827, 0.035),
    (-2.672, 0.057),
    (-2.553, 0.099),
    (-2.456, 0.099),
    (-2.260, 0.115),
    (-2.020, 0.128),
    (-1.668, 0.131),
    (-1.188, 0.163),
    (-0.952, 0.212),
    (-0.449, 0.336),
    (0.190, 0.407),
    (0.831, 0.562),
    (1.618, 0.682),
    (2.317, 0.882),
    (3.079, 0.976),
    (3.761, 0.993),
    (4.630, 0.995),
)
"""The evidence for a suggestion, and how often such ones were right."""
