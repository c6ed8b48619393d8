errors-count = { $errors } and { $warnings }
    .title = Errors
