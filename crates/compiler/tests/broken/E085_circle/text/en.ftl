errors-count = { errors-count } of { $errors } and { $warnings }
