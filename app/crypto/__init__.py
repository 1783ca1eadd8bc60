"""Everything that touches keys: the only package that imports `cryptography`.

Nothing here knows of Flask, SQLAlchemy or the rest of the application; values go in, values come out.
"""
