-mistake = mistake
errors-count = { -mistak }: { $errors } and { $warnings }
