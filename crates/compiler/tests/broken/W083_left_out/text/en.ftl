errors-count = { $errors } errors
