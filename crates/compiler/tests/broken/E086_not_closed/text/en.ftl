errors-count = <strong>{ $errors } and { $warnings }
