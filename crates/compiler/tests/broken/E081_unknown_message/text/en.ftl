errors-cuont = { $errors } errors, { $warnings } warnings
