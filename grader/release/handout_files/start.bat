@echo off
rem Opens the course. The first start installs it into the folder .venv beside this file, for which
rem it needs the internet and a few minutes; later ones need neither.
setlocal
cd /d "%~dp0"
set "VENV=.venv\Scripts"
set "PACKAGE=course\@WHEEL@"

if exist "%VENV%\python.exe" goto install
set "RECENT=import sys; sys.exit(sys.version_info < (3, 11))"
set "MAKER="
py -3 -c "%RECENT%" >nul 2>nul && set "MAKER=py -3"
if not defined MAKER python -c "%RECENT%" >nul 2>nul && set "MAKER=python"
if not defined MAKER (
    echo Python 3.11 or later is needed: install it from python.org, then start this file again.
    goto failed
)
%MAKER% -m venv .venv
if errorlevel 1 goto failed

:install
fc /b "%PACKAGE%" .venv\installed >nul 2>nul
if not errorlevel 1 goto start
echo Installing the course, which takes a few minutes the first time.
"%VENV%\python.exe" -m pip install --disable-pip-version-check "%PACKAGE%"
if errorlevel 1 goto failed
"%VENV%\python.exe" -m pip install --disable-pip-version-check --quiet --force-reinstall --no-deps "%PACKAGE%"
if errorlevel 1 goto failed
copy /y "%PACKAGE%" .venv\installed >nul

:start
"%VENV%\course.exe" lab "my notebooks"@OPTION@
if errorlevel 1 goto failed
exit /b 0

:failed
echo The course did not start: the message is above.
pause
exit /b 1
