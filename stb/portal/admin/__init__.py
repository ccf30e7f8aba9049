"""The operator's panel of an Xtream portal: who may, and what they do to channels, films, users and boxes.

sessions   who is signed in; sign_in lets them in
asked      one request, and what it answers
media      channels, films and episodes: start, stop, delete, on each server
users      lines and their connections
processes  the portal's own children
desk       what the operator's page does that no panel has: devices, news, boxes
lists      what there is
actions    all of these by name, permission, and the book of deeds
scripts    api.php and login.php, in both dialects
page       the operator's page, in a browser
"""
