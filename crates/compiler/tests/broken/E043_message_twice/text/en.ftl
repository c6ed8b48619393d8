errors-count = { $errors } and { $warnings }
errors-count = { $errors }, { $warnings }
