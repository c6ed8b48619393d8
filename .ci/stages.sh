# The scripts in this folder source this file. It divides a script into named stages, and prints at the end how long each stage took.

stage_times=()
stage_name=
stage_start=0

# Ends the current stage, and starts the stage with the name $*.
stage() {
  end_stage
  stage_name=$*
  stage_start=$SECONDS
  printf '\n== %s (after %s s)\n' "$stage_name" "$SECONDS"
}

end_stage() {
  if [ -n "$stage_name" ]; then
    stage_times+=("$(printf '%6d s  %s' $((SECONDS - stage_start)) "$stage_name")")
    stage_name=
  fi
}

# Prints the time of each stage when the script ends, whether or not it failed.
print_stages() {
  local code=$?
  [ $code -eq 0 ] || stage_name+=" (failed)"
  end_stage
  printf '\nHow long each stage took:\n'
  printf '%s\n' "${stage_times[@]}" "$(printf '%6d s  all' "$SECONDS")"
}
trap print_stages EXIT
