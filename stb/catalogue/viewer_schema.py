"""The shape of the file that is the viewer's own, as the steps that led to it; see `schema`."""

from stb.catalogue.schema import Step

VIEWER: tuple[Step, ...] = (
    ("CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",),
    (
        # How far the viewer got: `kind` is film, episode or past, `owner` the series or the channel, `item`
        # the film, the episode or the programme's start. A new mark has the highest `key`, the lowest go.
        """
        CREATE TABLE mark (
            key INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            kind TEXT NOT NULL,
            owner TEXT NOT NULL,
            item TEXT NOT NULL,
            position REAL NOT NULL,
            duration REAL NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (source, kind, owner, item)
        )
        """,
    ),
    (
        # What the viewer chose for channels: which channel of which guide, or none (empty texts).
        """
        CREATE TABLE guide_choice (
            source TEXT NOT NULL,
            channel TEXT NOT NULL,
            guide TEXT NOT NULL,
            station TEXT NOT NULL,
            shift INTEGER NOT NULL,
            PRIMARY KEY (source, channel)
        ) WITHOUT ROWID
        """,
        # The viewer's favourites in their order.
        """
        CREATE TABLE favourite (
            source TEXT NOT NULL,
            place INTEGER NOT NULL,
            channel TEXT NOT NULL,
            PRIMARY KEY (source, place),
            UNIQUE (source, channel)
        ) WITHOUT ROWID
        """,
        # Groups of channels that the viewer does not want to see.
        """
        CREATE TABLE hidden_group (
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (source, name)
        ) WITHOUT ROWID
        """,
    ),
    (
        # What was watched lately: `kind` is channel, film or episode, `owner` the channel, the film or the
        # series, `item` the episode. A new entry has the highest `key`, the lowest go.
        """
        CREATE TABLE watched (
            key INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            kind TEXT NOT NULL,
            owner TEXT NOT NULL,
            item TEXT NOT NULL,
            name TEXT NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (source, kind, owner)
        )
        """,
    ),
)
