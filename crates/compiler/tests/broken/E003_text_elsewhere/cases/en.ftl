errors-count = x
