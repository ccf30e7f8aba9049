"""The operator's tool: another's panel of the Xtream family, driven by its own admin API.

    verbs      what may be typed
    doing      what is done then, what is printed, the exit status
    client     lists, actions, and reading back what came of them
    verdicts   whether an action is to be seen in the lists
    session    logging in, and what is kept of it
    wire       answers as values; entries, pages: rows and HTML as values
    dialects   what each kind of panel calls a thing

An action is sent once: a panel may have obeyed what it did not answer. What the panel says of it is not
believed either, because it says true of what does not exist: the lists are read before and after.

Names nothing here: the command line's parser must not wait for a web client's imports.
"""
