# Clones ACTION_URI into the work directory. Runs under `sh -e`; needs git 2.31 and the usual POSIX tools.

fail() {
  printf 'git-checkout: %s\n' "$1" >&2
  exit 2
}

# A pipeline that a push started knows its repository under the names that Erda gives it.
uri=${ACTION_URI:-${GITTAR_REPO:-}}
branch=${ACTION_BRANCH:-}
[ -n "${ACTION_URI:-}" ] || branch=${branch:-${GITTAR_BRANCH:-}}
depth=${ACTION_DEPTH:-1}
username=${ACTION_USERNAME:-}
password=${ACTION_PASSWORD:-}
unset ACTION_USERNAME ACTION_PASSWORD

# --- what is refused -----------------------------------------------------------------------------------------------
# git reads a value that begins with "-" as an option (--upload-pack=... runs a program), and <name>::<address> starts
# the program git-remote-<name>, of which ext:: runs any command.
newline='
'
case $uri in
  '') fail '"uri" is empty and the run knows no repository of its own (GITTAR_REPO); give the action a "uri".' ;;
  -*) fail '"uri" begins with "-".' ;;
  *"$newline"*) fail '"uri" has several lines.' ;;
  *::*) fail '"uri" names a transport with "::"; use http, https, ssh, git or file.' ;;
  http://* | https://* | ssh://* | git://* | file:///*) ;;
  *://*) fail '"uri" must begin with http, https, ssh, git or file.' ;;
  /*) ;;
  [!/]*:*) ;; # git@host:path
  *) fail '"uri" is neither an address nor an absolute path.' ;;
esac
case $uri in
  *://-* | *@-*) fail '"uri" names a host that begins with "-".' ;;
esac
branch=${branch#refs/heads/}
case $branch in
  -*) fail '"branch" begins with "-".' ;;
esac
if [ -n "$branch" ]; then
  git check-ref-format "refs/heads/$branch" || fail "\"$branch\" is not a name of a branch, a tag or a commit."
fi
case $depth in
  '' | *[!0-9]*) fail "\"depth\" is \"$depth\"; it must be a whole number, 0 or more." ;;
esac

# --- how git runs --------------------------------------------------------------------------------------------------
export GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=file:http:https:ssh:git
export GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}"
# A configuration of its own: what is set here is seen by every git that git starts (the environment variables
# GIT_CONFIG_COUNT are taken from a local upload-pack), and by nothing after this script.
export GIT_CONFIG_GLOBAL="$TMPDIR/git-checkout.config"
: >"$GIT_CONFIG_GLOBAL"
git config --global advice.detachedHead false
case $uri in
  # The repository may belong to somebody else than the user of this process; it was named on purpose.
  /* | file://*) git config --global safe.directory '*' ;;
esac

# --- credentials ---------------------------------------------------------------------------------------------------
case $uri in
  http://* | https://*)
    scheme=${uri%%://*}
    rest=${uri#*://}
    authority=${rest%%/*}
    case $authority in
      *@*)
        # `git credential` takes the address apart and decodes it; given both, it asks nobody.
        parts=$(printf 'url=%s://%s\n\n' "$scheme" "$authority" | git credential fill 2>/dev/null) || parts=
        found=$(printf '%s\n' "$parts" | sed -n 's/^username=//p')
        username=${username:-$found}
        found=$(printf '%s\n' "$parts" | sed -n 's/^password=//p')
        password=${password:-$found}
        host=${authority##*@}
        uri="$scheme://$host${rest#"$authority"}"
        authority=$host
        ;;
    esac
    if [ -n "$password" ]; then
      case $username$password in
        *"$newline"*) fail '"username" or "password" has several lines.' ;;
      esac
      # The values stay in the environment of git; the helper is asked for this scheme and host only.
      export SLUICE_GIT_USERNAME="${username:-git}" SLUICE_GIT_PASSWORD="$password"
      git config --global "credential.$scheme://$authority.helper" \
        '!f() { [ "$1" != get ] || printf "username=%s\npassword=%s\n" "$SLUICE_GIT_USERNAME" "$SLUICE_GIT_PASSWORD"; }; f'
    fi
    ;;
esac

# --- clone ---------------------------------------------------------------------------------------------------------
printf 'Cloning %s\n' "$uri"
git init -q .
git remote add -- origin "$uri"

fetch() {
  if [ "$depth" -gt 0 ]; then
    git fetch -q --no-tags --depth "$depth" -- origin "$1"
  else
    git fetch -q --tags -- origin "$1"
  fi
}

listed=$(git ls-remote --symref -- origin HEAD "refs/heads/$branch" "refs/tags/$branch")
has() {
  printf '%s\n' "$listed" | cut -f 2 | grep -q -F -x -e "$1"
}
local_branch=$branch
if [ -z "$branch" ]; then
  branch=$(printf '%s\n' "$listed" | sed -n 's/^ref: refs\/heads\/\(.*\)	HEAD$/\1/p')
  local_branch=$branch
  fetch HEAD
elif has "refs/heads/$branch"; then
  fetch "refs/heads/$branch"
elif has "refs/tags/$branch"; then
  fetch "refs/tags/$branch"
  local_branch=
else
  case $branch in
    *[!0-9a-f]* | '') fail "The repository has no branch and no tag \"$branch\"." ;;
  esac
  [ "${#branch}" -ge 40 ] || fail "The repository has no branch and no tag \"$branch\"; a commit needs its full id."
  fetch "$branch"
  branch=
  local_branch=
fi
commit=$(git rev-parse --verify -q 'FETCH_HEAD^{commit}')
if [ -n "$local_branch" ]; then
  git checkout -q -B "$local_branch" "$commit" --
else
  git checkout -q --detach "$commit" --
fi

# --- outputs -------------------------------------------------------------------------------------------------------
# Text of standard input as the inside of a JSON string.
json() {
  tr -d '\000-\010\013\014\016-\037' |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$(printf '\t')/\\\\t/g" -e "s/$(printf '\r')/\\\\r/g" |
    awk '{ printf "%s%s", separator, $0; separator = "\\n" }'
}
field() {
  # $(...) takes the line feeds at the end away.
  printf '%s' "$(git log -1 --no-show-signature --encoding=UTF-8 --format="$1" "$commit" --)" | json
}
{
  printf '{"commit":"%s","branch":"%s",' "$commit" "$(printf '%s' "$branch" | json)"
  printf '"author":"%s","author_date":"%s",' "$(field %an)" "$(field %aI)"
  printf '"committer":"%s","committer_date":"%s",' "$(field %cn)" "$(field %cI)"
  printf '"message":"%s"}\n' "$(field %B)"
} >"$METAFILE"
printf 'Checked out %s%s\n' "$commit" "${branch:+ ($branch)}"
