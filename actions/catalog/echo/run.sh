# Prints ACTION_TEXT (or ACTION_MESSAGE) ACTION_COUNT times. Runs under `sh -e`.
text=${ACTION_TEXT:-${ACTION_MESSAGE:-}}
count=${ACTION_COUNT:-1}
case $count in
  '' | *[!0-9]*)
    echo "echo: \"count\" is \"$count\"; it must be a whole number, 0 or more." >&2
    exit 2
    ;;
esac

while [ "$count" -gt 0 ]; do
  printf '%s\n' "$text"
  count=$((count - 1))
done

# JSON, because a text may have several lines.
escaped=$(
  printf '%s' "$text" | tr -d '\000-\010\013\014\016-\037' |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$(printf '\t')/\\\\t/g" -e "s/$(printf '\r')/\\\\r/g" |
    awk '{ printf "%s%s", separator, $0; separator = "\\n" }'
)
printf '{"metadata":[{"name":"text","value":"%s"}]}\n' "$escaped" >"$METAFILE"
