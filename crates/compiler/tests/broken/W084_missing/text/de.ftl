# Noch nichts.
