"""What editors find: the latest text of every page, drafts too, each person what she may see.

An index of its own: no word of a draft is in what the public's search, its suggestions or its other
spellings look at.
"""
