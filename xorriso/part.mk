# SPDX-License-Identifier: GPL-3.0-or-later
# All but main() is a library, so that the unit tests can link it.
noinst_LIBRARIES += xorriso/libxorriso.a
xorriso_libxorriso_a_SOURCES = \
  xorriso/attribute_text.cc \
  xorriso/attribute_text.h \
  xorriso/boot_equipment.cc \
  xorriso/boot_equipment.h \
  xorriso/command.h \
  xorriso/command_table.cc \
  xorriso/command_table.h \
  xorriso/commands/boot.cc \
  xorriso/commands/boot_partitions.cc \
  xorriso/commands/boot_partitions.h \
  xorriso/commands/boot_replay.cc \
  xorriso/commands/boot_replay.h \
  xorriso/commands/boot_reports.cc \
  xorriso/commands/boot_reports.h \
  xorriso/commands/boot_specs.cc \
  xorriso/commands/boot_specs.h \
  xorriso/commands/charset.cc \
  xorriso/commands/commit.cc \
  xorriso/commands/commit.h \
  xorriso/commands/check_media.cc \
  xorriso/commands/check_media.h \
  xorriso/commands/check_media_options.cc \
  xorriso/commands/check_media_options.h \
  xorriso/commands/compare.cc \
  xorriso/commands/compare_files.cc \
  xorriso/commands/compare_files.h \
  xorriso/commands/compliance.cc \
  xorriso/commands/dialog.cc \
  xorriso/commands/drive_settings.cc \
  xorriso/commands/drives.cc \
  xorriso/commands/emulation.cc \
  xorriso/commands/exceptions.cc \
  xorriso/commands/extract.cc \
  xorriso/commands/extract_files.h \
  xorriso/commands/extract_ranges.cc \
  xorriso/commands/extract_settings.cc \
  xorriso/commands/filter_files.cc \
  xorriso/commands/filter_files.h \
  xorriso/commands/filters.cc \
  xorriso/commands/find.cc \
  xorriso/commands/find_actions.cc \
  xorriso/commands/find_disk.cc \
  xorriso/commands/find_hfs.cc \
  xorriso/commands/find_job.h \
  xorriso/commands/find_merge.cc \
  xorriso/commands/find_outname.cc \
  xorriso/commands/find_outname.h \
  xorriso/commands/find_reports.cc \
  xorriso/commands/find_run.cc \
  xorriso/commands/find_words.cc \
  xorriso/commands/frontend.cc \
  xorriso/commands/groups.h \
  xorriso/commands/image_settings.cc \
  xorriso/commands/import_settings.cc \
  xorriso/commands/insert.cc \
  xorriso/commands/insert_files.cc \
  xorriso/commands/insert_files.h \
  xorriso/commands/insert_settings.cc \
  xorriso/commands/inspect.cc \
  xorriso/commands/inspect_attributes.cc \
  xorriso/commands/inspect_list.cc \
  xorriso/commands/inspect_list.h \
  xorriso/commands/inspect_list_disk.cc \
  xorriso/commands/jigdo.cc \
  xorriso/commands/manipulate.cc \
  xorriso/commands/manipulate.h \
  xorriso/commands/manipulate_lists.cc \
  xorriso/commands/manipulate_move.cc \
  xorriso/commands/media.cc \
  xorriso/commands/media.h \
  xorriso/commands/msg_op.cc \
  xorriso/commands/msg_op.h \
  xorriso/commands/navigation.cc \
  xorriso/commands/scripting.cc \
  xorriso/commands/session_address.cc \
  xorriso/commands/session_address.h \
  xorriso/commands/setting_words.cc \
  xorriso/commands/setting_words.h \
  xorriso/commands/verify.cc \
  xorriso/commands/verify.h \
  xorriso/commands/write_settings.cc \
  xorriso/commands/writing.cc \
  xorriso/console.cc \
  xorriso/console.h \
  xorriso/dialog.cc \
  xorriso/dialog.h \
  xorriso/drive_control.cc \
  xorriso/drive_control.h \
  xorriso/drive_rules.cc \
  xorriso/drive_rules.h \
  xorriso/emulation/mkisofs.cc \
  xorriso/emulation/mkisofs.h \
  xorriso/emulation/mkisofs_functions.cc \
  xorriso/emulation/mkisofs_functions.h \
  xorriso/emulation/mkisofs_options.cc \
  xorriso/emulation/mkisofs_options.h \
  xorriso/emulation/mkisofs_paths.cc \
  xorriso/expansion.cc \
  xorriso/expansion.h \
  xorriso/help.cc \
  xorriso/help.h \
  xorriso/input_lines.cc \
  xorriso/input_lines.h \
  xorriso/interpreter.cc \
  xorriso/interpreter.h \
  xorriso/list_files.cc \
  xorriso/list_files.h \
  xorriso/listing.cc \
  xorriso/listing.h \
  xorriso/loaded_session.h \
  xorriso/medium_report.cc \
  xorriso/medium_report.h \
  xorriso/numbers.cc \
  xorriso/numbers.h \
  xorriso/output/channels.cc \
  xorriso/output/channels.h \
  xorriso/output/logs.cc \
  xorriso/output/logs.h \
  xorriso/output/pacifier.cc \
  xorriso/output/pacifier.h \
  xorriso/output/packet.cc \
  xorriso/output/packet.h \
  xorriso/output/pager.cc \
  xorriso/output/pager.h \
  xorriso/output/sieve.cc \
  xorriso/output/sieve.h \
  xorriso/prescan.cc \
  xorriso/prescan.h \
  xorriso/program.cc \
  xorriso/program.h \
  xorriso/run.cc \
  xorriso/run.h \
  xorriso/session_request.cc \
  xorriso/session_request.h \
  xorriso/settings.h \
  xorriso/signals.cc \
  xorriso/signals.h \
  xorriso/status.cc \
  xorriso/status.h \
  xorriso/times.cc \
  xorriso/version.cc \
  xorriso/version.h \
  xorriso/words.cc \
  xorriso/words.h

bin_PROGRAMS += xorriso/xorriso
xorriso_xorriso_SOURCES = xorriso/main.cc
XORRISO_LIBS = xorriso/libxorriso.a \
  libcore/session/libsession.a libcore/drive/libdrive.a libcore/image/libimage.a libcore/base/libbase.a \
  $(BURNIA_LIBS) $(READLINE_LIBS)
xorriso_xorriso_LDADD = $(XORRISO_LIBS)
# The few parts of the C++ library that are used take a megabyte less of memory if they come without the rest. The
# sanitizers want the shared one.
if !SANITIZERS
xorriso_xorriso_LDFLAGS = $(AM_LDFLAGS) -static-libstdc++ -static-libgcc
endif

# Names by which the program understands the options of mkisofs. The names of the originals belong to other packages.
EMULATION_LINKS = xorrisofs genisofs
install-exec-hook:
	for name in $(EMULATION_LINKS); do \
	  rm -f "$(DESTDIR)$(bindir)/$$name" && $(LN_S) xorriso "$(DESTDIR)$(bindir)/$$name" || exit 1; \
	done
uninstall-hook:
	for name in $(EMULATION_LINKS); do rm -f "$(DESTDIR)$(bindir)/$$name"; done
