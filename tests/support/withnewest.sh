#!/bin/sh
# Runs a test with the newest yt-dlp and deno in place of the system's: withnewest.sh FOLDER PROGRAM [ARGUMENT…]
# FOLDER is where `packaging/setup.sh newest` puts them. 77 tells ctest that they are not there.
folder=$1
shift
if [ ! -x "$folder/yt-dlp" ]; then
    echo "skipped: $folder/yt-dlp is not there; packaging/setup.sh newest fetches it"
    exit 77
fi
PATH=$folder:$PATH exec "$@"
