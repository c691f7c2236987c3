#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Holds the #include lines against the map in doc/architecture.md: who may know whom.
set -u
cd "$top_srcdir" || exit 1
bad=0

# usage: may FOLDER "REGEX of allowed quoted includes"
may() {
  local folder=$1 allowed=$2
  while IFS=: read -r file line text; do
    path=$(sed -n 's/.*#[ ]*include "\([^"]*\)".*/\1/p' <<<"$text")
    if ! grep -qE "^($allowed)" <<<"$path"; then
      echo "$file:$line: includes \"$path\", but $folder may only include: $allowed"
      bad=1
    fi
  done < <(grep -rnE '#[ ]*include "' --include='*.cc' --include='*.h' --include='*.c' "$folder")
}

may libcore/base 'libcore/base/|config\.h'
may libcore/image 'libcore/(base|image)/|config\.h'
may libcore/drive 'libcore/(base|drive)/|config\.h'
may libcore/burner 'libcore/(base|burner)/|config\.h'
may libcore/session 'libcore/(base|image|drive|session)/|config\.h'
may xorriso 'xorriso/|libcore/(base|image|drive|session)/|config\.h'
may vburn 'vburn/|libcore/(base|burner)/|config\.h'

# The C libraries' headers come in by clibs.h alone, and xorriso/ does not include even that.
if grep -rnE '#[ ]*include <lib(burn|isofs|isoburn)/' --include='*.cc' --include='*.h' libcore xorriso vburn |
  grep -v '^libcore/base/clibs.h:'; then
  echo "only libcore/base/clibs.h may include the headers of the C libraries"
  bad=1
fi
if grep -rn 'libcore/base/clibs.h"' --include='*.cc' --include='*.h' xorriso vburn libcore/burner; then
  echo "xorriso/, vburn/ and libcore/burner/ know nothing of the C libraries"
  bad=1
fi
exit $bad
