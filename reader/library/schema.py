"""The tables of the library, and the numbered steps that lead from each shipped schema to the newest.

What cannot be computed again (documents, versions of their text, the reader's decisions, tags) stands
apart from what can: analyses by pipeline, and everything derived from the newest version of a document
as corrected. ``rebuild`` may drop and refill whatever is below the line "derived".
"""

from __future__ import annotations

APPLICATION_ID = 0x6F6E7263
"""Marks the file as ours: "onrc"."""

TOKENIZER = "unicode61 remove_diacritics 2"
"""Exact words, whatever their case and accents. No stemming: a reader who quotes looks for the very word."""

_FIRST = (
    """
    CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,           -- canonical source, or the hash of a pasted text
        source TEXT NOT NULL,               -- as the reader gave it last
        added TEXT NOT NULL,                -- UTC, ISO 8601
        opened TEXT,
        state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'begun', 'read')),
        later INTEGER NOT NULL DEFAULT 0,   -- kept to be read later
        saved INTEGER NOT NULL DEFAULT 0,   -- looked at again for changes
        checked TEXT,                       -- when it was looked at again
        place INTEGER NOT NULL DEFAULT 0,   -- how far it was read, code points
        newest INTEGER REFERENCES version (id) DEFERRABLE INITIALLY DEFERRED,
        missing TEXT                        -- why it could not be read again
    )
    """,
    """
    CREATE TABLE version (
        id INTEGER PRIMARY KEY,             -- in order of time: the newest have the highest
        document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        hash TEXT NOT NULL,                 -- SHA-256 of the text
        fetched TEXT NOT NULL,
        title TEXT,
        byline TEXT,
        published TEXT,
        site TEXT,
        language TEXT,
        words INTEGER NOT NULL,
        text TEXT NOT NULL,
        parts BLOB NOT NULL,                -- blocks, links, removed lines, notices: compressed JSON
        UNIQUE (document, hash)
    )
    """,
    "CREATE INDEX version_hash ON version (hash)",
    "CREATE INDEX document_newest ON document (newest)",
    """
    CREATE TABLE analysis (
        id INTEGER PRIMARY KEY,
        hash TEXT NOT NULL,                 -- of the text that was analysed
        pipeline TEXT NOT NULL,
        version TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        findings BLOB NOT NULL,             -- entities and quotations: compressed JSON
        UNIQUE (hash, pipeline, version, fingerprint)
    )
    """,
    """
    CREATE TABLE correction (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        made TEXT NOT NULL,
        decision TEXT NOT NULL,             -- JSON, anchored in the words of the text
        undone TEXT                         -- when it was taken back; rows are never deleted
    )
    """,
    "CREATE INDEX correction_document ON correction (document)",
    """
    CREATE TABLE tag (
        document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        PRIMARY KEY (document, name)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tag_name ON tag (name, document)",
    """
    CREATE TABLE person_decision (
        id INTEGER PRIMARY KEY,
        made TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('same', 'different', 'name')),
        first TEXT NOT NULL,                -- what it is about: a folded name, alone or with a document's key
        second TEXT NOT NULL,               -- the other one, or the name to show
        note TEXT NOT NULL DEFAULT '',
        undone TEXT
    )
    """,
    # Derived: all below can be computed again.
    """
    CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,                 -- PERSON or ORG
        name TEXT NOT NULL,
        key TEXT NOT NULL,                  -- the name without titles, accents, marks and case
        surname TEXT NOT NULL,              -- its last word
        sound TEXT NOT NULL                 -- the key, whatever way it is transliterated
    )
    """,
    "CREATE INDEX person_key ON person (key)",
    "CREATE INDEX person_surname ON person (surname)",
    "CREATE INDEX person_sound ON person (sound)",
    """
    CREATE TABLE named (
        id INTEGER PRIMARY KEY,
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        entity TEXT NOT NULL,               -- its id in the analysis as corrected
        type TEXT NOT NULL,
        name TEXT NOT NULL,
        key TEXT NOT NULL,                  -- the name without titles, accents, marks and case
        aliases TEXT NOT NULL DEFAULT '[]',
        mentions INTEGER NOT NULL,
        evidence TEXT NOT NULL DEFAULT '',  -- what the article says that tells namesakes apart: JSON
        joins INTEGER NOT NULL DEFAULT 0,   -- whether the name may join articles by itself
        person INTEGER REFERENCES person (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX named_version ON named (version)",
    "CREATE INDEX named_key ON named (key, person)",
    "CREATE INDEX named_person ON named (person, version)",
    """
    CREATE TABLE alias (
        key TEXT NOT NULL,                  -- another full name that an article has for somebody
        named INTEGER NOT NULL REFERENCES named (id) ON DELETE CASCADE,
        PRIMARY KEY (key, named)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX alias_named ON alias (named)",
    """
    CREATE TABLE quotation (
        id INTEGER PRIMARY KEY,             -- in order of time, as versions are
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        name TEXT NOT NULL,                 -- its id in the analysis as corrected
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        speaker TEXT,                       -- as it is shown
        role TEXT,
        named INTEGER REFERENCES named (id) ON DELETE SET NULL,
        confidence REAL NOT NULL
    )
    """,
    "CREATE INDEX quotation_version ON quotation (version)",
    "CREATE INDEX quotation_named ON quotation (named)",
    # Only what a document says now is searched; a view lets the integrity check compare just that.
    """
    CREATE VIEW newest AS
        SELECT version.id, version.title, version.text
        FROM version JOIN document ON document.newest = version.id
    """,
    f"""
    CREATE VIRTUAL TABLE version_words USING fts5 (
        title, text, content='newest', content_rowid='id', tokenize='{TOKENIZER}', prefix='2 3'
    )
    """,
    f"""
    CREATE VIRTUAL TABLE quotation_words USING fts5 (
        text, speaker, content='quotation', content_rowid='id', tokenize='{TOKENIZER}'
    )
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""The statements that lead from schema ``n`` to ``n + 1``, by ``n``."""

NEWEST = len(MIGRATIONS)
