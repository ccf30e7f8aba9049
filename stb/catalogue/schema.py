"""The shapes of the box's database files, as the steps that led to them.

A step is never changed once it was released; a new shape is a new step at the end. `PRAGMA user_version` says
how many steps a file has taken.
"""

Step = tuple[str, ...]
"""SQL statements that are done together or not at all."""


_WORDS = (
    "CREATE VIRTUAL TABLE {name} USING"
    " fts5(words, content='', detail='none', columnsize=0, prefix='1 2 3', tokenize='ascii')"
)
"""An index of folded words, which `indexing` keeps up to date.

It has neither the words nor where they stand: a row is only ever asked for by how its words begin. Folded
words have ASCII spaces between them, and every other character belongs to one.
"""
_ITEMS = "SELECT item.key, folded(item.name) FROM item JOIN shelf ON shelf.key = shelf WHERE shelf.name ="

CATALOGUE: tuple[Step, ...] = (
    (
        # One row for each operator's list. `key` stands for the long id in the rows of the other tables.
        """
        CREATE TABLE source (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            revision TEXT NOT NULL,
            count INTEGER NOT NULL
        )
        """,
        # `first` is the place of the group's first channel in its source's list.
        """
        CREATE TABLE grp (
            key INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            name TEXT NOT NULL,
            first INTEGER NOT NULL,
            count INTEGER NOT NULL,
            UNIQUE (name, source)
        )
        """,
        # `place` counts 0, 1, 2 ... through the source's list and `grp_place` through its part of the group:
        # the 40,000th row is found like the first, where OFFSET would walk there.
        """
        CREATE TABLE channel (
            source INTEGER NOT NULL,
            place INTEGER NOT NULL,
            grp INTEGER NOT NULL,
            grp_place INTEGER NOT NULL,
            id TEXT NOT NULL,
            number INTEGER NOT NULL,
            name TEXT NOT NULL,
            link TEXT NOT NULL,
            logo TEXT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX channel_by_id ON channel (source, id)",
        "CREATE UNIQUE INDEX channel_by_place ON channel (source, place)",
        "CREATE UNIQUE INDEX channel_by_grp ON channel (grp, grp_place, number)",
        "CREATE UNIQUE INDEX channel_by_number ON channel (source, number)",
        # The channels that the last change of a list took away: where the viewer was, when theirs is gone.
        """
        CREATE TABLE former (
            source INTEGER NOT NULL,
            id TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (source, id)
        ) WITHOUT ROWID
        """,
    ),
    (
        "ALTER TABLE channel ADD COLUMN has_news INTEGER NOT NULL DEFAULT 0",
        # `created` in seconds since 1970, UTC.
        """
        CREATE TABLE news (
            source INTEGER NOT NULL,
            id TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            created INTEGER,
            PRIMARY KEY (source, id)
        )
        """,
        "CREATE INDEX news_by_age ON news (created DESC)",
    ),
    (
        "ALTER TABLE channel ADD COLUMN guide_id TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE channel ADD COLUMN guide_name TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE channel ADD COLUMN guide_shift INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE channel ADD COLUMN archive INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE channel ADD COLUMN radio INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE channel ADD COLUMN adult INTEGER NOT NULL DEFAULT 0",
        # When each part of what an operator offers was last read, in seconds since 1970.
        """
        CREATE TABLE freshness (
            source TEXT NOT NULL,
            part TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (source, part)
        ) WITHOUT ROWID
        """,
    ),
    (
        _WORDS.format(name="channel_words"),
        """
        INSERT INTO channel_words (rowid, words)
        SELECT rowid, folded(name || ' ' || number) FROM channel ORDER BY rowid
        """,
        # Which channel a guide means.
        "CREATE INDEX channel_by_guide_id ON channel (source, guide_id COLLATE NOCASE)",
        """
        CREATE INDEX channel_by_guide_name ON channel (source, guide_name COLLATE NOCASE)
        WHERE guide_name != ''
        """,
    ),
    # What the operator's list was like when it was read; empty where nobody can tell.
    ("ALTER TABLE source ADD COLUMN edition TEXT NOT NULL DEFAULT ''",),
    # How much later than its guide any channel is, told without looking at all of them.
    ("CREATE INDEX channel_by_shift ON channel (guide_shift) WHERE guide_shift > 0",),
)

LIBRARY: tuple[Step, ...] = (
    (
        # One row for each shelf of each operator: its films, its series.
        """
        CREATE TABLE shelf (
            key INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            UNIQUE (source, name)
        )
        """,
        # What is on the shelves, in no order: a row that stays the same is not written again.
        """
        CREATE TABLE item (
            key INTEGER PRIMARY KEY,
            shelf INTEGER NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            category TEXT NOT NULL,
            link TEXT NOT NULL,
            poster TEXT NOT NULL,
            year INTEGER NOT NULL,
            rating REAL NOT NULL,
            added INTEGER NOT NULL,
            adult INTEGER NOT NULL,
            UNIQUE (shelf, id)
        )
        """,
        # The categories of a shelf in their order.
        """
        CREATE TABLE category (
            key INTEGER PRIMARY KEY,
            shelf INTEGER NOT NULL,
            place INTEGER NOT NULL,
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            UNIQUE (shelf, name)
        )
        """,
        # The order of a shelf (`category` 0) and of each category: keys of items, four bytes each, so many on
        # a page that a place is a page and an index. New films come first with many an operator; this way
        # that moves 4 bytes for each of the others, not the rows.
        """
        CREATE TABLE page (
            shelf INTEGER NOT NULL,
            category INTEGER NOT NULL,
            number INTEGER NOT NULL,
            items BLOB NOT NULL,
            PRIMARY KEY (shelf, category, number)
        ) WITHOUT ROWID
        """,
    ),
    (
        _WORDS.format(name="film_words"),
        _WORDS.format(name="series_words"),
        f"INSERT INTO film_words (rowid, words) {_ITEMS} 'films' ORDER BY item.key",
        f"INSERT INTO series_words (rowid, words) {_ITEMS} 'series' ORDER BY item.key",
    ),
    (
        # How much of each year is on a shelf. Its other orders are pages of a `category` below 0.
        """
        CREATE TABLE year (
            shelf INTEGER NOT NULL,
            year INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (shelf, year)
        ) WITHOUT ROWID
        """,
    ),
    # The operator has more on it than was read.
    ("ALTER TABLE shelf ADD COLUMN cut INTEGER NOT NULL DEFAULT 0",),
    # What the operator's list was like from which it was read; empty where nobody can tell.
    ("ALTER TABLE shelf ADD COLUMN edition TEXT NOT NULL DEFAULT ''",),
    (
        # As the operator writes it, all in one.
        "ALTER TABLE item ADD COLUMN genre TEXT NOT NULL DEFAULT ''",
        # How much of each genre is on a shelf; `word` is its name folded. What is of it are pages of a
        # `category` below 0.
        """
        CREATE TABLE genre (
            key INTEGER PRIMARY KEY,
            shelf INTEGER NOT NULL,
            word TEXT NOT NULL,
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            UNIQUE (shelf, word)
        )
        """,
        # A list that was read before this is read anew.
        "UPDATE shelf SET edition = ''",
    ),
)

_RUN = """
    CREATE TABLE {name} (
        key INTEGER PRIMARY KEY,{more}
        starts BLOB NOT NULL,
        titles BLOB NOT NULL,
        stops BLOB NOT NULL,
        subtitles BLOB NOT NULL,
        texts BLOB NOT NULL,
        categories BLOB NOT NULL,
        numbers BLOB NOT NULL,
        links BLOB NOT NULL
    )
"""
"""What a station sends on one day (UTC), packed by `runs`, whose key tells both.

The day stands first in it: a day that has passed goes, and a new one comes, without a page of the other days
being written. The titles stand before the texts: who looks for those reads nothing else.
"""

GUIDE: tuple[Step, ...] = (
    (
        # `wanted` is a digest of what the operator's channels are called: the guide was cut down to those.
        """
        CREATE TABLE source (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            revision TEXT NOT NULL,
            wanted TEXT NOT NULL
        )
        """,
        # A channel of a guide.
        """
        CREATE TABLE station (
            key INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            id TEXT NOT NULL,
            UNIQUE (source, id)
        )
        """,
        # What a station is called, folded; `rank` 0 is its id, the others are its names.
        """
        CREATE TABLE alias (
            source INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            name TEXT NOT NULL,
            station INTEGER NOT NULL,
            PRIMARY KEY (source, rank, name)
        ) WITHOUT ROWID
        """,
        # By the day (UTC) on which it begins: a day that has passed goes, and a new one comes, without a page
        # of the other days being written. `stop` as the guide has it.
        """
        CREATE TABLE programme (
            day INTEGER NOT NULL,
            station INTEGER NOT NULL,
            start INTEGER NOT NULL,
            stop INTEGER,
            words INTEGER NOT NULL,
            link TEXT NOT NULL,
            PRIMARY KEY (day, station, start)
        ) WITHOUT ROWID
        """,
        # What is said of programmes, once for all that say the same on one day: channels in two sizes, or an
        # hour later. The high bits of `key` are the day, for the same reason.
        """
        CREATE TABLE words (
            key INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            subtitle TEXT NOT NULL,
            text TEXT NOT NULL,
            category TEXT NOT NULL,
            season INTEGER NOT NULL,
            episode INTEGER NOT NULL
        )
        """,
        # `digest` is of all the words.
        """
        CREATE TABLE wording (
            day INTEGER NOT NULL,
            digest INTEGER NOT NULL,
            words INTEGER NOT NULL,
            PRIMARY KEY (day, digest)
        ) WITHOUT ROWID
        """,
    ),
    (
        # What programmes are called, each name once.
        "CREATE INDEX alias_by_station ON alias (station)",
        "CREATE TABLE title (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        _WORDS.format(name="title_words"),
        # When a title is on: `moments` as `titles` packs them.
        """
        CREATE TABLE airing (
            day INTEGER NOT NULL,
            title INTEGER NOT NULL,
            moments BLOB NOT NULL,
            PRIMARY KEY (day, title)
        ) WITHOUT ROWID
        """,
        # A guide that was read before this is read anew.
        "UPDATE source SET wanted = ''",
    ),
    # An index of the words by what they say was a tenth of the file, and half of what a change wrote.
    ("DROP TABLE wording",),
    (
        # All channels of a guide, also those of which nothing is kept: `name` is the usual one, or the id;
        # `names` all, a line each; `words` what else they are found by.
        """
        CREATE TABLE listed (
            key INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            names TEXT NOT NULL,
            words TEXT NOT NULL,
            UNIQUE (source, id)
        )
        """,
        _WORDS.format(name="listed_words"),
        # Channels of operators that are a guide's by their names alone; `shift` in seconds.
        """
        CREATE TABLE assigned (
            source INTEGER NOT NULL,
            owner TEXT NOT NULL,
            channel TEXT NOT NULL,
            station TEXT NOT NULL,
            score REAL NOT NULL,
            shift INTEGER NOT NULL,
            PRIMARY KEY (source, owner, channel)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX assigned_by_station ON assigned (source, station)",
        "CREATE INDEX assigned_by_score ON assigned (score, owner, channel, source)",
        # A guide that was read before this is read anew.
        "UPDATE source SET wanted = ''",
    ),
    (
        # The million rows of `programme` took most of the time of a guide. What is in the file is forgotten.
        *(f"DROP TABLE {name}" for name in ("programme", "words", "airing", "title_words", "title")),
        "DELETE FROM source",
        "DELETE FROM station",
        "DELETE FROM alias",
        _RUN.format(name="run", more=""),
        # What is another than in `run` by now: programmes in the place of those that begin at the same time.
        # `more` is by how many there are more, or fewer.
        _RUN.format(name="change", more="more INTEGER NOT NULL,"),
        # What programmes of one day are called, folded, and when they begin: `moments` as `titles` packs
        # them. The high bits of `key` are the day.
        "CREATE TABLE title (key INTEGER PRIMARY KEY, words TEXT NOT NULL, moments BLOB NOT NULL)",
        """
        CREATE VIRTUAL TABLE title_words USING fts5(
            words, content='title', content_rowid='key', detail='none', columnsize=0, tokenize='ascii'
        )
        """,
    ),
)
