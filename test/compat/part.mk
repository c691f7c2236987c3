# SPDX-License-Identifier: GPL-3.0-or-later
# The same words to the reference program and to ours. Add argument lines to a .lines file; run_lines.py and identity.py
# tell their forms.
compat_tests = \
  test/compat/boot-identity.sh \
  test/compat/boot-lines.sh \
  test/compat/commit-lines.sh \
  test/compat/files-lines.sh \
  test/compat/frame-lines.sh \
  test/compat/image-identity.sh \
  test/compat/mkisofs-lines.sh \
  test/compat/tree-lines.sh
TESTS += $(compat_tests)
dist_check_SCRIPTS += $(compat_tests)
EXTRA_DIST += \
  test/compat/boot.lines \
  test/compat/boot_identity.lines \
  test/compat/commit.lines \
  test/compat/compare.lines \
  test/compat/frame.lines \
  test/compat/mkisofs.lines \
  test/compat/msg_op.lines \
  test/compat/identity.lines \
  test/compat/identity.py \
  test/compat/insert.lines \
  test/compat/run_lines.py \
  test/compat/settings.lines \
  test/compat/tree.lines
