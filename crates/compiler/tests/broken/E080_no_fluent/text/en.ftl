errors-count = { $errors
