# Deutsch
# (here the test puts the English messages without errors-count)
