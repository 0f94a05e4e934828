@echo off
rem Startet sozialtool. Doppelklick: die Oberflaeche. Mit Angaben dahinter: ein Befehl, zum Beispiel sozialtool --hilfe
rem Mit einer Projektdatei (darauf gezogen oder damit geoeffnet): die Oberflaeche mit diesem Projekt.
setlocal EnableExtensions DisableDelayedExpansion
rem Was hier gestartet wird, ist das von Windows, nicht ein gleichnamiges im jetzigen Ordner.
set "NoDefaultCurrentDirectoryInExePath=1"
set "HIER=%~dp0"
set "PY=%HIER%python\python.exe"
if not exist "%PY%" goto unvollstaendig
for /f "tokens=2 delims=:." %%a in ('chcp') do set "SEITE=%%a"
chcp 65001 >nul
if not "%~1"=="" goto angaben
if [%1]==[""] goto befehl

rem Neue Projekte sollen nicht im Programmordner landen.
cd /d "%USERPROFILE%" 2>nul
if exist "%USERPROFILE%\Documents\" cd /d "%USERPROFILE%\Documents" 2>nul

rem Windows Terminal, wo es eines gibt; ein Strichpunkt im Pfad waere dort ein Trennzeichen.
if defined WT_SESSION goto oberflaeche
if not "%HIER:;=%"=="%HIER%" goto konsole
where /q wt.exe
if errorlevel 1 goto konsole
start "" wt.exe -w new new-tab --title sozialtool -d . "%PY%" -X utf8 -B -m sozialtool
if errorlevel 1 goto konsole
set "CODE=0"
goto ende

:konsole
title sozialtool
mode con: cols=120 lines=40 >nul 2>nul

:oberflaeche
"%PY%" -X utf8 -B -m sozialtool
set "CODE=%errorlevel%"
if not "%CODE%"=="0" pause
goto ende

:angaben
if not "%~2"=="" goto befehl
if /i not "%~x1"==".sozial" goto befehl
if defined WT_SESSION goto projekt
title sozialtool
mode con: cols=120 lines=40 >nul 2>nul

:projekt
"%PY%" -X utf8 -B -m sozialtool --projekt "%~f1"
set "CODE=%errorlevel%"
if not "%CODE%"=="0" pause
goto ende

:befehl
"%PY%" -X utf8 -B -m sozialtool %*
set "CODE=%errorlevel%"

:ende
chcp %SEITE% >nul 2>nul
exit /b %CODE%

:unvollstaendig
echo In diesem Ordner fehlt der Unterordner "python". Bitte das Zip noch einmal vollstaendig entpacken
echo (rechte Maustaste auf das Zip, "Alle extrahieren") und dann die Datei im entpackten Ordner starten.
pause
exit /b 3
