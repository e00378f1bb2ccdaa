#!/bin/sh
# Opens the course. The first start installs it into the folder .venv beside this file, for which it
# needs the internet and a few minutes; later ones need neither.
cd "$(dirname "$0")" || exit 1

leave() {
    echo "$1"
    if [ -t 0 ]; then
        printf 'Press Enter to close this window. '
        read -r _
    fi
    exit 1
}

venv=.venv/bin
package=course/@WHEEL@
if [ ! -x "$venv/python" ]; then
    for python in python3 python3.14 python3.13 python3.12 python3.11 ''; do
        [ -n "$python" ] || leave 'Python 3.11 or later is needed: install it, then start this file again.'
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    done
    "$python" -m venv .venv || leave 'Python could not make the folder .venv: its message is above.'
fi
if ! cmp -s "$package" .venv/installed; then
    echo 'Installing the course, which takes a few minutes the first time.'
    "$venv/python" -m pip install --disable-pip-version-check "$package" &&
        "$venv/python" -m pip install --disable-pip-version-check --quiet --force-reinstall --no-deps "$package" &&
        cp "$package" .venv/installed ||
        leave 'The course could not be installed: the message is above. Is there internet?'
fi
"$venv/course" lab 'my notebooks'@OPTION@ || leave 'JupyterLab ended: the message is above.'
