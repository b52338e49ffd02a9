# Sourced by the lanes that run programs from PyPI.
#
# python_venv NAME REQUIREMENTS: a virtual environment below .cache/ with exactly the packages of the file. Prints its
# directory. It is made once per content of the file, so a changed pin makes a new one. Fails with what to do.
python_venv() {
  local name=$1 requirements=$2 python=${PYTHON:-python3} hash venv log
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    echo "This lane needs Python 3.10 or newer as \"$python\": install it (apt-get install python3), or set PYTHON." >&2
    return 1
  fi
  hash=$(sha256sum "$requirements" | cut -c 1-12)
  venv=$PWD/.cache/$name-$hash
  log=$venv.log
  if [ ! -e "$venv/complete" ]; then
    rm -rf "$venv"
    mkdir -p .cache
    if ! "$python" -m venv "$venv" >"$log" 2>&1; then
      cat "$log" >&2
      echo "No virtual environment could be made in $venv: does Python have its venv (apt-get install python3-venv)?" >&2
      return 1
    fi
    if ! "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$requirements" >"$log" 2>&1; then
      cat "$log" >&2
      echo "The packages of $requirements could not be installed: can PyPI be reached from here (pip config list)?" >&2
      return 1
    fi
    touch "$venv/complete"
  fi
  echo "$venv"
}
