"""The tables of the library, and the numbered steps that lead from each shipped schema to the newest.

What cannot be computed again (documents, versions of their text, the reader's decisions, tags) stands
apart from what can: analyses by pipeline, and everything derived from the newest version of a document
as corrected. ``rebuild`` may drop and refill whatever is below the line "derived". Feeds come and go, and
documents never hang on them.
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

_SECOND = (
    """
    CREATE TABLE feed (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,       -- where it is now
        given TEXT NOT NULL,                -- as the reader gave it
        title TEXT,                         -- what it calls itself
        name TEXT,                          -- what the reader calls it
        folder TEXT NOT NULL DEFAULT '',    -- names parted by slashes
        page TEXT,                          -- of the site that it belongs to
        added TEXT NOT NULL,                -- UTC, ISO 8601, as all times
        own_text INTEGER NOT NULL DEFAULT 0, -- what it says is shown, its pages are not fetched
        etag BLOB,                          -- what the server said of what we have, byte for byte
        last_modified BLOB,
        hash TEXT,                          -- SHA-256 of the bytes that were read last
        checked TEXT,                       -- when it was asked last
        due TEXT NOT NULL,                  -- not asked before
        rest INTEGER NOT NULL DEFAULT 0,    -- for how many seconds it asks to be left alone
        quiet TEXT NOT NULL DEFAULT '[]',   -- the hours (UTC) in which it does not change
        failures INTEGER NOT NULL DEFAULT 0, -- in a row
        problem TEXT,                       -- why it failed last
        state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'parked', 'gone')),
        moved TEXT,                         -- where it said last that it lives from now on
        moves INTEGER NOT NULL DEFAULT 0    -- how often in a row it said so
    )
    """,
    "CREATE INDEX feed_given ON feed (given)",
    """
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
        key TEXT NOT NULL,                  -- what names it in its feed: its id, else its link, else its text
        page TEXT,                          -- the document that its link leads to, see ``document.key``
        link TEXT,
        title TEXT,
        author TEXT,
        published TEXT,                     -- as far as the feed says so
        dated TEXT NOT NULL CHECK (dated IN ('given', 'missing', 'future')),
        moment TEXT NOT NULL,               -- sorts: published, or seen where that is not given
        seen TEXT NOT NULL,                 -- for the first time
        changed TEXT,                       -- when its text was other than before
        read TEXT,                          -- NULL while it is unread
        story INTEGER REFERENCES entry (id) ON DELETE SET NULL, -- shown in its place
        document INTEGER REFERENCES document (id) ON DELETE SET NULL, -- what its page was kept as
        tried TEXT,                         -- when its page was fetched in advance, in vain
        fingerprint TEXT NOT NULL,          -- of the words of its text
        text TEXT NOT NULL,                 -- what the feed itself says
        parts BLOB NOT NULL,                -- of that, as of a version
        UNIQUE (feed, key)
    )
    """,
    # Lists and counts are answered from these alone: they hold the columns of their conditions as well.
    "CREATE INDEX entry_moment ON entry (moment, id, story) WHERE story IS NULL",
    "CREATE INDEX entry_unread ON entry (moment, id, story, read) WHERE story IS NULL AND read IS NULL",
    "CREATE INDEX entry_feed ON entry (feed, moment, id)",
    "CREATE INDEX entry_feed_unread ON entry (feed, moment, id, read) WHERE read IS NULL",
    "CREATE INDEX entry_story ON entry (story) WHERE story IS NOT NULL",
    "CREATE INDEX entry_document ON entry (document) WHERE document IS NOT NULL",
    "CREATE INDEX entry_page ON entry (page, feed) WHERE page IS NOT NULL",
    "CREATE INDEX entry_fingerprint ON entry (fingerprint, feed)",
    """
    CREATE TABLE host (
        name TEXT PRIMARY KEY,
        patience TEXT NOT NULL              -- nothing is asked of it before
    ) WITHOUT ROWID
    """,
    "CREATE INDEX document_saved ON document (saved) WHERE saved",
    """
    CREATE TABLE recheck (
        document INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
        due TEXT,                           -- NULL when it is looked at no more
        step INTEGER NOT NULL,              -- how often it was looked at since it last said something else
        etag BLOB,                          -- what the server said of what we have, byte for byte
        last_modified BLOB
    )
    """,
    """
    CREATE TABLE revised (
        id INTEGER PRIMARY KEY AUTOINCREMENT, -- ever higher: a watch has looked at all up to its mark
        document INTEGER NOT NULL UNIQUE REFERENCES document (id) ON DELETE CASCADE
    )
    """,
    "INSERT INTO revised (document) SELECT id FROM document WHERE newest IS NOT NULL ORDER BY newest",
    """
    CREATE TABLE watch (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,                -- as it was typed
        mute INTEGER NOT NULL DEFAULT 0,    -- what it finds is hidden, not announced
        made TEXT NOT NULL,
        looked INTEGER NOT NULL,            -- the last of ``revised`` that it looked at
        entries INTEGER NOT NULL            -- the last entry of a feed that it looked at
    )
    """,
    """
    CREATE TABLE hit (
        watch INTEGER NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
        document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        key TEXT NOT NULL,                  -- of its words: the same words found again are not new
        found TEXT NOT NULL,
        seen TEXT,                          -- NULL while it is new
        PRIMARY KEY (watch, document, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX hit_document ON hit (document)",
    "CREATE INDEX hit_new ON hit (watch, document) WHERE seen IS NULL",
    """
    CREATE TABLE muted (
        entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
        watch INTEGER NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
        PRIMARY KEY (entry, watch)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX muted_watch ON muted (watch)",
)

# What the machine found in a text with removed lines put back goes with its document; the text that a
# reader of such an article sees is the one that is searched.
_THIRD = (
    "ALTER TABLE analysis ADD COLUMN document INTEGER REFERENCES document (id) ON DELETE CASCADE",
    "CREATE INDEX analysis_document ON analysis (document) WHERE document IS NOT NULL",
    "ALTER TABLE document ADD COLUMN shown TEXT",
    # Lists of a few among many are found without going through all, in the order of time.
    "CREATE INDEX version_site ON version (site)",
    "CREATE INDEX document_state ON document (state, newest)",
    "CREATE INDEX document_later ON document (newest) WHERE later",
    "DROP VIEW newest",
    """
    CREATE VIEW newest AS
        SELECT version.id, version.title, coalesce(document.shown, version.text) AS text
        FROM version JOIN document ON document.newest = version.id
    """,
)

# Titles are searched, and the unread of a folder counted, without a look at the texts.
_FOURTH = (
    "DROP INDEX entry_moment",
    "CREATE INDEX entry_moment ON entry (moment, id, story, feed, title) WHERE story IS NULL",
    "DROP INDEX entry_unread",
    """
    CREATE INDEX entry_unread ON entry (moment, id, story, read, feed, title)
        WHERE story IS NULL AND read IS NULL
    """,
)

# Entries of the last days that tell one story in other words are found by numbers that they share.
_FIFTH = (
    """
    CREATE TABLE entry_band (
        band INTEGER NOT NULL,              -- see reader.text.likeness
        entry INTEGER NOT NULL,             -- which may be gone
        day INTEGER NOT NULL,               -- when it was seen for the first time
        PRIMARY KEY (band, entry)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX entry_band_day ON entry_band (day)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
"""The statements that lead from schema ``n`` to ``n + 1``, by ``n``."""

NEWEST = len(MIGRATIONS)
