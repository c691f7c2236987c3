# SPDX-License-Identifier: GPL-3.0-or-later
scenario_tests = \
  test/scenario/burn-faults.sh \
  test/scenario/changed-sources.sh \
  test/scenario/check-media.sh \
  test/scenario/client-cdrskin.sh \
  test/scenario/client-cdrwtool.sh \
  test/scenario/client-dvd-plus-rw-format.sh \
  test/scenario/client-growisofs.sh \
  test/scenario/client-readers.sh \
  test/scenario/client-wodim.sh \
  test/scenario/dialog.sh \
  test/scenario/drive-reports.sh \
  test/scenario/extract-like-reference.sh \
  test/scenario/extract-stays-inside.sh \
  test/scenario/full-file-system.sh \
  test/scenario/guide-bd.sh \
  test/scenario/guide-cd.sh \
  test/scenario/guide-dvd.sh \
  test/scenario/image-bytes.sh \
  test/scenario/independent-readers.sh \
  test/scenario/interop-sessions.sh \
  test/scenario/kill-while-writing.sh \
  test/scenario/older-session.sh \
  test/scenario/power-loss.sh \
  test/scenario/readme-tour.sh \
  test/scenario/signals.sh \
  test/scenario/source-trouble.sh \
  test/scenario/twin-discs.sh \
  test/scenario/vburn-block-device.sh \
  test/scenario/vburn-faults.sh \
  test/scenario/vburn-help.sh \
  test/scenario/vburn-locks.sh \
  test/scenario/vburn-preload-library.sh \
  test/scenario/vburn-realtime.sh \
  test/scenario/vburn-run.sh \
  test/scenario/vburn-start-stop.sh \
  test/scenario/vburn-survives-kill.sh \
  test/scenario/vburn-usage.sh \
  test/scenario/verify-damage.sh
TESTS += $(scenario_tests)
dist_check_SCRIPTS += $(scenario_tests)
# Called by others with a list of clients or media.
dist_check_SCRIPTS += test/scenario/client-matrix.sh test/scenario/guide-burn.sh
