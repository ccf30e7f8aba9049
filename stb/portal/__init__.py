"""An operator of one's own: the server side of each protocol, with channels and films that can be watched.

    world      what the operator knows, in one SQLite file (books) that the command line may open too:
               devices, lines, the library of films and series, the guide
    alkarma    the document, value for value
    xtream     a panel's scripts; sending are its streams, asking reads their addresses
    openly     a playlist (m3u) and a guide (xmltv) without accounts
    streams    what each channel sends: clips (made once, gone round), live (on the air while watched),
               reels (films), archive (what was on)
    connections  who watches now, counted and cut
    staff, audit  who runs it, and what they did; placements say what is on which server
    admin      the operator's side: a panel's scripts with real effect, and a page for browsers
    portal     all of it on one port; serving runs it as a program, verbs is its command line

Names nothing here: the command line's parser must not wait for a web server's imports.
"""
