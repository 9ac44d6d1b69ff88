"""The numbers of `suggest`, as benchmarks/mapping/fit_suggest.py fitted them to labelled texts; do not edit.

The texts are the development half of tests/labelled/suggest; `above` was set by hand.
"""

WEIGHTS = {
    "asked": 2.509,
    "found": 2.384,
    "both": 3.359,
    "letters": 2.208,
    "letters-beside": 2.299,
    "all": 2.665,
    "missing": -1.317,
    "extra": -1.563,
    "opposite": -0.289,
    "number": -0.572,
    "first": 0.847,
    "verbatim": 0.151,
    "above": 2.000,
    "heading": 0.108,
    "same": 1.292,
    "misspelled": 0.150,
    "compound": -0.040,
    "order": 0.775,
    "lacks-unspecified": -1.330,
    "lacks-specified": -0.922,
    "lacks-other": -1.055,
    "lacks-elsewhere": -0.279,
    "lacks-negation": -0.143,
    "has-unspecified": -0.792,
    "has-specified": -0.756,
    "has-other": -1.062,
    "has-elsewhere": 0.667,
    "has-negation": 0.108,
}
"""How much each comparison counts; see `termbank.mapping.suggest.ranking.FEATURES`."""

NOTHING = 7.221
"""How well a title must fit to be as likely as that nothing is right."""

LEVEL, MARGIN = 0.2042, 0.6558
"""How much counts how well a title fits, and how far it is ahead of the best that reads otherwise."""

KNOTS = (
    (-3.746, 0.005),
    (-3.543, 0.008),
    (-3.413, 0.011),
    (-3.233, 0.015),
    (-3.050, 0.023),
    (-2.901, 0.031),
    (-2.794, 0.035),
    (-2.653, 0.057),
    (-2.534, 0.099),
    (-2.435, 0.099),
    (-2.238, 0.115),
    (-2.005, 0.128),
    (-1.652, 0.131),
    (-1.140, 0.168),
    (-0.867, 0.237),
    (-0.446, 0.354),
    (-0.015, 0.395),
    (0.495, 0.469),
    (1.265, 0.616),
    (2.155, 0.800),
    (3.001, 0.974),
    (3.766, 0.993),
    (4.642, 0.995),
)
"""The evidence for a suggestion, and how often such ones were right."""
