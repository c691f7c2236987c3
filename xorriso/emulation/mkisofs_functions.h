// SPDX-License-Identifier: GPL-3.0-or-later
//
// Those options of -as mkisofs that are more than a translation into one native command. Each gets the run and the
// arguments of the option, and returns false if it failed after reporting why.
#pragma once

#include "xorriso/command.h"

namespace xorriso {

class MkisofsRun;

bool opt_boot_file(MkisofsRun& run, Words arguments);
bool opt_boot_load_size(MkisofsRun& run, Words arguments);
bool opt_dir_mode(MkisofsRun& run, Words arguments);
bool opt_efi_boot(MkisofsRun& run, Words arguments);
bool opt_efi_file(MkisofsRun& run, Words arguments);
bool opt_eltorito_platform(MkisofsRun& run, Words arguments);
bool opt_exclude(MkisofsRun& run, Words arguments);
bool opt_file_mode(MkisofsRun& run, Words arguments);
bool opt_full_names(MkisofsRun& run, Words arguments);
bool opt_generic_boot(MkisofsRun& run, Words arguments);
bool opt_graft_points(MkisofsRun& run, Words arguments);
bool opt_grub2_mbr(MkisofsRun& run, Words arguments);
bool opt_help(MkisofsRun& run, Words arguments);
bool opt_hfs_bless(MkisofsRun& run, Words arguments);
bool opt_hide(MkisofsRun& run, Words arguments);
bool opt_hide_hfsplus(MkisofsRun& run, Words arguments);
bool opt_hide_hfsplus_list(MkisofsRun& run, Words arguments);
bool opt_hide_joliet(MkisofsRun& run, Words arguments);
bool opt_hide_joliet_list(MkisofsRun& run, Words arguments);
bool opt_hide_list(MkisofsRun& run, Words arguments);
bool opt_hide_rr_moved(MkisofsRun& run, Words arguments);
bool opt_input_charset(MkisofsRun& run, Words arguments);
bool opt_iso_level(MkisofsRun& run, Words arguments);
bool opt_next_boot_image(MkisofsRun& run, Words arguments);
bool opt_no_emul_boot(MkisofsRun& run, Words arguments);
bool opt_hard_disk_boot(MkisofsRun& run, Words arguments);
bool opt_nothing(MkisofsRun& run, Words arguments);
bool opt_old_root(MkisofsRun& run, Words arguments);
bool opt_old_root_devno(MkisofsRun& run, Words arguments);
bool opt_old_root_no_ino(MkisofsRun& run, Words arguments);
bool opt_old_root_no_md5(MkisofsRun& run, Words arguments);
bool opt_output_charset(MkisofsRun& run, Words arguments);
bool opt_path_list(MkisofsRun& run, Words arguments);
bool opt_print_size(MkisofsRun& run, Words arguments);
bool opt_quiet(MkisofsRun& run, Words arguments);
bool opt_quoted_path_list(MkisofsRun& run, Words arguments);
bool opt_rational_rock(MkisofsRun& run, Words arguments);
bool opt_root(MkisofsRun& run, Words arguments);
bool opt_rr_reloc_dir(MkisofsRun& run, Words arguments);
bool opt_sort_weight(MkisofsRun& run, Words arguments);
bool opt_sort_weight_list(MkisofsRun& run, Words arguments);
bool opt_sort_weight_patterns(MkisofsRun& run, Words arguments);
bool opt_sparc_boot(MkisofsRun& run, Words arguments);
bool opt_verbose(MkisofsRun& run, Words arguments);
bool opt_version(MkisofsRun& run, Words arguments);

}  // namespace xorriso
