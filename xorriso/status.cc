// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/status.h"

#include "xorriso/command_table.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

// The order is the reference's: scripts compare the output of two runs.
constexpr std::string_view kOrder[] = {
    "no_rc", "list_delimiter", "dialog", "page", "use_readline", "sh_style_result", "backslash_codes", "pkt_output",
    "logfile", "errfile_log", "check_media_defaults", "signal_handling", "error_behavior", "mark", "temp_mem_limit",
    "prog", "ban_stdio_write", "early_stdio_test", "data_cache_size", "osirrox", "mount_opts", "boot_image", "cdi", "cd", "cdx",
    "split_size", "add_plainly", "not_paths", "not_leaf", "file_name_limit", "file_size_limit", "not_mgt", "iso_nowtime",
    "iso_rr_pattern", "disk_pattern", "volid", "preparer_id", "publisher", "application_id", "system_id", "volset_id",
    "volume_date", "copyright_file", "biblio_file", "abstract_file", "application_use", "joliet", "rockridge", "hfsplus",
    "jigdo", "uid", "gid", "close_filter_list", "external_filter", "zisofs", "pathspecs", "follow", "overwrite",
    "reassure", "read_speed", "close", "write_type", "dummy", "speed", "stream_recording", "modesty_on_drive", "dvd_obs",
    "use_immed_bit", "stdio_sync", "fs", "padding", "report_about", "scsi_log", "session_log", "pacifier", "return_with",
    "abort_on", "status_history_max", "history", "rom_toc_scan", "displacement", "load", "read_fs", "calm_drive",
    "grow_blindly", "local_charset", "in_charset", "out_charset", "charset", "auto_charset", "hardlinks", "acl", "xattr",
    "disk_dev_ino", "md5", "ecma119_map", "joliet_map", "scdbackup_tag", "compliance", "rr_reloc_dir", "assert_volid",
    "drive_class", "drive_access", "scsi_dev_family", "dev",
};

enum class Mode { brief, full, with_history, filter };

bool is_shown(const StatusLine& line, Mode mode) {
  switch (line.form) {
    case StatusLine::Form::only_short: return mode == Mode::brief && !line.is_default;
    case StatusLine::Form::only_long: return mode != Mode::brief;
    case StatusLine::Form::only_history: return mode == Mode::with_history || mode == Mode::filter;
    case StatusLine::Form::only_filter: return mode == Mode::filter;
    default: return mode != Mode::brief || !line.is_default;
  }
}

}  // namespace

std::span<const std::string_view> status_order() { return kOrder; }

void print_status(Program& program, const std::string& word) {
  const bool is_filter = word.starts_with("-") && word != "-";
  const Mode mode = is_filter ? Mode::filter : word == "long_history" || word == "-" ? Mode::with_history : word == "long" ? Mode::full : Mode::brief;
  for (const auto name : kOrder) {
    const CommandRow* row = find_command(name);
    if (row == nullptr || row->status == nullptr) continue;
    if (name == "cdi" && !word.starts_with("-cdi")) continue;  // so that "-status -cd" shows one line only
    std::vector<StatusLine> lines;
    row->status(program, lines);
    for (const auto& line : lines)
      if (is_shown(line, mode) && (!is_filter || line.text.starts_with(word))) program.result(line.text + "\n");
  }
}

}  // namespace xorriso
