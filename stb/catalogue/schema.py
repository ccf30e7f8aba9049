"""The shapes of the box's database files, as the steps that led to them.

A step is never changed once it was released; a new shape is a new step at the end. `PRAGMA user_version` says
how many steps a file has taken.
"""

Step = tuple[str, ...]
"""SQL statements that are done together or not at all."""

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
)

VIEWER: tuple[Step, ...] = (
    ("CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",),
)
