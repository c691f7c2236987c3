# SPDX-License-Identifier: GPL-3.0-or-later
scenario_tests = \
  test/scenario/drive-reports.sh \
  test/scenario/full-file-system.sh \
  test/scenario/independent-readers.sh \
  test/scenario/interop-sessions.sh \
  test/scenario/kill-while-writing.sh \
  test/scenario/older-session.sh \
  test/scenario/readme-tour.sh
TESTS += $(scenario_tests)
dist_check_SCRIPTS += $(scenario_tests)
