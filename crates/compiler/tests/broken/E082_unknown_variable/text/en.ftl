errors-count = { $erors } errors, { $errors } mistakes, { $warnings } warnings
