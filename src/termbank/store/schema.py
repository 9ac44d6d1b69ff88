"""The tables of a bank file, and the number of their layout."""

APPLICATION_ID = 0x74_65_72_6D
"""Marks an SQLite file as a bank ("term")."""

FORMAT = 2
"""Raised whenever a table changes its meaning; a bank of another format is refused and rebuilt."""

TABLES = """
CREATE TABLE vocabulary (
  number INTEGER PRIMARY KEY, info TEXT NOT NULL, digest TEXT NOT NULL, concepts INTEGER NOT NULL,
  first_term INTEGER NOT NULL, last_term INTEGER NOT NULL, dates TEXT NOT NULL
);
CREATE TABLE code (
  vocabulary INTEGER NOT NULL, code TEXT NOT NULL,
  ordinal INTEGER NOT NULL, last INTEGER NOT NULL, extra INTEGER NOT NULL, display TEXT NOT NULL,
  abstract INTEGER NOT NULL, inactive INTEGER NOT NULL, valid_from TEXT, valid_to TEXT,
  PRIMARY KEY (vocabulary, code)
) WITHOUT ROWID;
CREATE TABLE variant (
  vocabulary INTEGER NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (vocabulary, key, code)
) WITHOUT ROWID;
CREATE TABLE concept (ordinal INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE below (ordinal INTEGER PRIMARY KEY, bitmap BLOB NOT NULL);
CREATE TABLE term (id INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
  text, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
);
CREATE VIRTUAL TABLE word USING fts5vocab(words, row);
CREATE TABLE spelling (key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID;
CREATE TABLE mapping_set (number INTEGER PRIMARY KEY, info TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE mapping (
  id INTEGER PRIMARY KEY, mapping_set INTEGER NOT NULL, subject_system TEXT NOT NULL, subject_code TEXT NOT NULL,
  object_system TEXT, object_code TEXT, data BLOB NOT NULL
);
CREATE TABLE value_set (number INTEGER PRIMARY KEY, data TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

INDEXES = (
    "CREATE INDEX mapping_subject ON mapping (subject_system, subject_code)",
    "CREATE INDEX mapping_object ON mapping (object_system, object_code)",
)
