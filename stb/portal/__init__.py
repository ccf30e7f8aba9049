"""An operator of one's own: the server side of the AlKarma document, with channels that can be watched.

    world      what the operator knows, in one SQLite file that the command line may open too
    alkarma    the document, value for value
    streams    what each channel sends: clips (made once, gone round), live (on the air while watched)
    portal     all of it on one port; serving runs it as a program, verbs is its command line

Names nothing here: the command line's parser must not wait for a web server's imports.
"""
