"""Build a bank of the size of SNOMED CT from made-up concepts, and a folder of questions to ask it.

    python make_bank.py --concepts 500000 --terms 1500000 synth.bank

The same numbers give the same bank. The hierarchy has several parents in places (a fifth of the concepts have a second
one), up to twelve floors below the root, and hubs with very many children; concepts are given to the builder in no
order, so that the bank must find its own. Terms are one to six words from a stock of 100,000 compounds made of Swedish
medical and care morphemes, some of them (by Zipf) much more often than others.

`synth.bank.questions/` gets what `lookups.py` asks, one question a line: ids, codes of which 1 % are wrong, pairs of
concepts of which half stand one above the other, and searches of four kinds.
"""

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

try:
    import termbank  # noqa: F401
except ModuleNotFoundError:  # not installed: use this checkout
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from termbank.model import Concept, Relation, Term, VocabularyInfo

SEED = 20260102
SYSTEM = "synth"
WORDS = 100_000
FLOORS = (1, 20, 300, 3_000, 15_000, 40_000, 75_000, 95_000, 95_000, 80_000, 50_000, 30_000, 16_679)
"""How many concepts stand on each floor, of 500,000; other sizes in proportion."""


def listed(text: str) -> list[str]:
    return text.split()


FIRST = listed("""
hjärt lung lever njur mag tarm hud ben arm hand fot knä höft rygg nack axel öron näs mun tand tung hals strup
sköldkörtel bukspott gall mjält blås prostata livmoder äggstock bröst muskel led sen skelett blod lymf nerv hjärn
ryggmärg öga hornhinne näthinne syn hörsel tal språk minnes sömn smärt feber hosta andnings puls blodtryck socker fett
protein vätske salt järn kalk vitamin läkemedels vaccin allergi infektions bakterie virus svamp tumör cancer metastas
inflammation transplantations kirurgi narkos röntgen ultraljud laborations prov vävnads cell gen kromosom foster
förlossnings barn ungdoms vuxen äldre anhörig patient brukar hemtjänst hemsjukvårds boende avlastnings rehabiliterings
habiliterings omvårdnads utskrivnings samordnings plan individ social familje arbets skol försörjnings missbruks
beroende ångest depressions psykos trauma kris stress sorg oro
""")
LAST = listed("""
sjukdom skada sår brott svullnad blödning infektion inflammation tumör cysta sten stenos insufficiens svikt bristning
förlamning smärta domning klåda utslag eksem feber hosta undersökning operation behandling mätning provtagning
injektion infusion punktion biopsi skopi grafi plastik ektomi terapi träning rådgivning bedömning utredning
uppföljning planering insats stöd samtal vård omsorg plan
""")
OTHER = listed("""
akut kronisk höger vänster bilateral primär sekundär svår lindrig måttlig medfödd förvärvad misstänkt tidigare
postoperativ ospecificerad annan med utan i på av till från vid efter före under och
""")


def word_stock(random: np.random.Generator) -> list[str]:
    """Return 100,000 words, the commonest first: single ones, then compounds of two and of three parts."""
    stock = dict.fromkeys([*OTHER, *LAST])
    pairs = [f"{first}{last}" for first in FIRST for last in LAST]
    random.shuffle(pairs)  # type: ignore[arg-type]
    stock.update(dict.fromkeys(pairs))
    while len(stock) < WORDS:
        first, second = random.choice(len(FIRST), size=2, replace=False)
        stock[f"{FIRST[first]}{FIRST[second]}{LAST[random.integers(len(LAST))]}"] = None
    return list(stock)


class Synthetic:
    """A made-up vocabulary: numbers of parents and of words, and no objects before they are asked for.

    Arguments:
        concepts: how many.
        terms: how many in all; spread evenly over the concepts.
    """

    def __init__(self, concepts: int, terms: int) -> None:
        self.random = np.random.default_rng(SEED)
        self.concepts = concepts
        self.stock = word_stock(self.random)
        # nine digits, in no order; the step and 900,000,007 have no divisor in common, so all are different
        self.ids = [str(100_000_000 + (n * 7_919 * 104_729) % 900_000_007) for n in range(concepts)]
        self.parents, self.second = self._hierarchy()
        self.first_term = np.linspace(0, terms, concepts + 1).astype(np.int64)
        self.first_word, self.words = self._terms(terms)

    def _hierarchy(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the parent of each concept, and its second parent; -1 where there is none."""
        floors = np.concatenate([[0], np.cumsum(np.array(FLOORS) / sum(FLOORS) * self.concepts)]).astype(np.int64)
        floors[1], floors[-1] = 1, self.concepts
        floors = np.maximum.accumulate(floors)
        parents = np.full(self.concepts, -1, dtype=np.int64)
        second = np.full(self.concepts, -1, dtype=np.int64)
        for floor in range(1, len(FLOORS)):
            start, end = floors[floor], floors[floor + 1]
            above, size = min(floors[floor - 1], start - 1), end - start  # a small one has empty floors
            width = start - above
            if size <= 0:
                continue
            # the third power makes hubs: the first of a floor get far more children than the rest
            parents[start:end] = above + (width * self.random.random(size) ** 3).astype(np.int64)
            other = (start * self.random.random(size)).astype(np.int64)
            more = (self.random.random(size) < 0.2) & (other != parents[start:end]) & (other > 0)
            second[start:end] = np.where(more, other, -1)
        return parents, second

    def _terms(self, terms: int) -> tuple[np.ndarray, np.ndarray]:
        """Return where the words of each term begin, and the words."""
        lengths = self.random.choice([1, 2, 3, 4, 5, 6], size=terms, p=[0.08, 0.24, 0.28, 0.2, 0.12, 0.08])
        first_word = np.concatenate([[0], np.cumsum(lengths)])
        weights = 1 / (np.arange(len(self.stock)) + 5.0)
        limits = np.cumsum(weights / weights.sum())
        words = np.minimum(np.searchsorted(limits, self.random.random(first_word[-1])), len(self.stock) - 1)
        # a term of one word is a word of its own, seldom one of the common ones
        alone = first_word[:-1][lengths == 1]
        words[alone] = self.random.integers(len(OTHER), len(self.stock), size=len(alone))
        return first_word, words.astype(np.int32)

    def term(self, number: int) -> str:
        """Return the text of a term, by its number."""
        return " ".join(self.stock[w] for w in self.words[self.first_word[number] : self.first_word[number + 1]])

    def parents_of(self, concept: int) -> list[int]:
        """Return the numbers of the concepts directly above one."""
        return [int(p) for p in (self.parents[concept], self.second[concept]) if p >= 0]

    def edges(self) -> int:
        """Return how many relations to a parent there are."""
        return int((self.parents >= 0).sum() + (self.second >= 0).sum())

    def __iter__(self) -> Iterator[Concept]:
        """Yield the concepts, in no order."""
        for n in np.random.default_rng(SEED + 1).permutation(self.concepts).tolist():
            texts = dict.fromkeys(self.term(t) for t in range(self.first_term[n], self.first_term[n + 1]))
            yield Concept(
                id=self.ids[n],
                terms=tuple(
                    Term(text=text, status="admitted" if place else "preferred") for place, text in enumerate(texts)
                ),
                relations=tuple(Relation(type="broader-generic", target=self.ids[p]) for p in self.parents_of(n)),
            )


def build(path: Path, synthetic: Synthetic) -> None:
    """Give the concepts to the store. The one place to adapt when the builder's interface changes."""
    from termbank import store

    info = VocabularyInfo(id=SYSTEM, title="Made-up vocabulary", version="1")
    store.build(path, vocabularies=[(info, synthetic)], mappings=[])


def ancestors(synthetic: Synthetic, concept: int) -> set[int]:
    found: set[int] = set()
    waiting = synthetic.parents_of(concept)
    while waiting:
        above = waiting.pop()
        if above not in found:
            found.add(above)
            waiting.extend(synthetic.parents_of(above))
    return found


def pairs(synthetic: Synthetic, count: int, random: np.random.Generator) -> Iterator[str]:
    """Yield `above below answer`, true and false in turn."""
    for n in range(count):
        below = int(random.integers(1, synthetic.concepts))
        over = ancestors(synthetic, below)
        if n % 2 == 0:
            above = sorted(over)[int(random.integers(len(over)))]
            yield f"{synthetic.ids[above]} {synthetic.ids[below]} subsumes"
            continue
        other = int(random.integers(1, synthetic.concepts))
        while other in over or other == below or below in ancestors(synthetic, other):
            below, other = (int(n) for n in random.integers(1, synthetic.concepts, size=2))
            over = ancestors(synthetic, below)
        yield f"{synthetic.ids[other]} {synthetic.ids[below]} not-subsumed"


def misspelled(word: str, random: np.random.Generator) -> str:
    """Make one typing error: a letter dropped, doubled, changed, or two in the wrong order."""
    at = int(random.integers(1, len(word) - 1))
    match int(random.integers(4)):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + random.choice(list("aeinrst")) + word[at + 1 :]
        case _:
            return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def searches(synthetic: Synthetic, count: int, random: np.random.Generator) -> Iterator[str]:
    """Yield `kind<TAB>text`, the four kinds in turn; words as often as they stand in terms, so also common ones."""
    kinds = itertools.cycle(("word", "two words", "prefix", "typing error"))
    made = 0
    terms = len(synthetic.first_word) - 1
    kind = next(kinds)
    while made < count:
        term = synthetic.term(int(random.integers(terms))).split()
        long = [word for word in term if len(word) > 5]
        match kind:
            case "word":
                text = str(random.choice(term))
            case "two words" if len(set(term)) > 1:
                text = " ".join(random.choice(sorted(set(term)), size=2, replace=False))
            case "prefix" if long:
                word = str(random.choice(long))
                text = word[: int(random.integers(4, len(word)))]
            case "typing error" if long:
                text = misspelled(str(random.choice(long)), random)
            case _:
                continue
        yield f"{kind}\t{text}"
        made += 1
        kind = next(kinds)


def codes(synthetic: Synthetic, count: int, random: np.random.Generator) -> Iterator[str]:
    """Yield `right<TAB>with errors`: distinct codes, of which the second column has 1 % that do not exist."""
    for place, n in enumerate(random.permutation(synthetic.concepts)[:count].tolist()):
        code = synthetic.ids[n]
        yield f"{code}\t{code + '7' if place % 100 == 0 else code}"


def write_lines(path: Path, lines: Iterator[str] | Sequence[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def write_questions(folder: Path, synthetic: Synthetic) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED + 2)
    some = random.permutation(synthetic.concepts)[:200_000].tolist()
    write_lines(folder / "ids.txt", [synthetic.ids[n] for n in some])
    write_lines(folder / "codes.txt", codes(synthetic, 300_000, random))
    write_lines(folder / "pairs.txt", pairs(synthetic, 200_000, random))
    write_lines(folder / "searches.txt", searches(synthetic, 50_000, random))


def main() -> None:
    parser = argparse.ArgumentParser(description="Build a large made-up bank and questions to ask it.")
    parser.add_argument("bank", type=Path)
    parser.add_argument("--concepts", type=int, default=500_000)
    parser.add_argument("--terms", type=int, default=1_500_000)
    parser.add_argument("--questions-only", action="store_true", help="leave the bank as it is")
    arguments = parser.parse_args()
    arguments.bank.parent.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    synthetic = Synthetic(arguments.concepts, arguments.terms)
    print(f"{arguments.concepts:,} concepts, {arguments.terms:,} terms, {synthetic.edges():,} parent edges, "
          f"{len(synthetic.stock):,} words: drawn in {time.perf_counter() - start:.0f} s")  # fmt: skip
    start = time.perf_counter()
    questions = arguments.bank.with_name(arguments.bank.name + ".questions")
    write_questions(questions, synthetic)
    facts = {"concepts": arguments.concepts, "terms": arguments.terms, "edges": synthetic.edges()}
    (questions / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    print(f"questions: {time.perf_counter() - start:.0f} s")
    if arguments.questions_only:
        return
    start = time.perf_counter()
    build(arguments.bank, synthetic)
    size = arguments.bank.stat().st_size
    print(f"built in {time.perf_counter() - start:.0f} s, {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
