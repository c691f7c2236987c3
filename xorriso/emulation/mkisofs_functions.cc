// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/emulation/mkisofs_functions.h"

#include <cstdlib>
#include <utility>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/image/edit.h"
#include "xorriso/emulation/mkisofs.h"
#include "xorriso/expansion.h"
#include "xorriso/list_files.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/packet.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;

bool boot(MkisofsRun& run, const std::string& setting) { return run.native({"boot_image", run.boot_form, setting}); }

/// A source of boot data: a path in the image, or an interval of an appended partition.
std::string boot_path(const std::string& word) {
  return word.starts_with("--interval:") ? word : MkisofsRun::image_path(word);
}

/// mkisofs emulates a floppy unless told otherwise, and has a catalog name of its own.
bool prepare_boot_image(MkisofsRun& run) {
  if (!run.catalog_given && !boot(run, "cat_path=/boot.catalog")) return false;
  if (!run.boot_emulation_given) return boot(run, "emul_type=diskette");
  return true;
}

bool add_hide_rules(MkisofsRun& run, const std::string& pattern, HideRule::Tree tree) {
  HideRule rule{.tree = tree, .pattern = pattern};
  if (pattern.find('/') != std::string::npos) {
    const auto path = run.program().disk_path(pattern);
    if (!path) return false;
    rule.pattern = *path;
    rule.whole_path = true;
  }
  run.program().settings.insert.hide_rules.push_back(std::move(rule));
  return true;
}

bool add_hide_list(MkisofsRun& run, const std::string& path, HideRule::Tree tree) {
  return for_each_line(run.program(), path, [&](const std::string& line) { return add_hide_rules(run, line, tree); });
}

bool exclude(MkisofsRun& run, const std::string& pattern) {
  if (pattern.find('/') == std::string::npos) return run.native({"not_leaf", pattern});
  Program& program = run.program();
  const PatternMode before = std::exchange(program.settings.insert.disk_pattern, PatternMode::on);
  const std::string words[] = {pattern};
  const auto paths = expand_disk_words(program, words, PatternUse::working);
  program.settings.insert.disk_pattern = before;
  if (!paths) return false;
  std::vector<std::string> command{"not_paths"};
  command.insert(command.end(), paths->begin(), paths->end());
  return run.native(command);
}

/// Permissions for all directories or all data files, when the tree is complete. What the mode sets becomes the whole
/// mode: "u+x" means 0100.
bool mode_at_end(MkisofsRun& run, const char* option, const char* type, const std::string& mode) {
  const auto change = core::image::ModeChange::parse(mode);
  if (!change)
    return run.program().fail(Severity::sorry, std::string("-as mkisofs ") + option +
                                                   ": Unrecognizable or faulty permission mode " + core::shell_quote(mode));
  run.native_at_end({"find", "/", "-type", type, "-exec", "chmod", core::strprintf("0%o", static_cast<unsigned>(change->apply(0)))});
  return true;
}

bool relocate_deep(MkisofsRun& run, const std::string& name) {
  const std::string leaf = name.starts_with('/') ? name.substr(1) : name;
  bool fine = true;
  if (leaf.find('/') != std::string::npos)
    fine = run.program().fail(Severity::failure, "-as mkisofs -rr_reloc_dir " + core::shell_quote(name) + " : May only use directories in root directory");
  return run.native({"rr_reloc_dir", leaf}) && run.native({"compliance", "deep_paths_off:long_paths_off"}) && fine;
}

bool sort_weight(MkisofsRun& run, const std::string& weight, const std::string& path) {
  return run.native({"find", MkisofsRun::image_path(path), "-exec", "sort_weight", weight});
}

bool charset(MkisofsRun& run, const char* command, const std::string& name) {
  return run.native({command, name == "default" ? "ISO-8859-1" : name});
}

}  // namespace

bool opt_boot_file(MkisofsRun& run, Words arguments) {
  if (!prepare_boot_image(run)) return false;
  run.boot_file_given = true;
  return boot(run, "bin_path=" + boot_path(arguments[0]));
}

bool opt_efi_file(MkisofsRun& run, Words arguments) {
  return boot(run, "platform_id=0xef") && opt_boot_file(run, arguments);
}

bool opt_efi_boot(MkisofsRun& run, Words arguments) {
  if (run.boot_file_given && !boot(run, "next")) return false;
  run.boot_emulation_given = true;
  if (!prepare_boot_image(run) || !boot(run, "efi_path=" + boot_path(arguments[0]))) return false;
  run.boot_file_given = run.boot_emulation_given = false;
  return boot(run, "next");
}

bool opt_boot_load_size(MkisofsRun& run, Words arguments) {
  if (arguments[0] == "full") return boot(run, "load_size=full");
  const long sectors = std::strtol(arguments[0].c_str(), nullptr, 0);
  return boot(run, "load_size=" + std::to_string(sectors * 512));
}

bool opt_eltorito_platform(MkisofsRun& run, Words arguments) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"x86", "0x00"}, {"PPC", "0x01"}, {"Mac", "0x02"}, {"efi", "0xef"}};
  std::string id = arguments[0];
  for (const auto& [name, number] : kNames)
    if (id == name) id = number;
  char* end = nullptr;
  const long value = std::strtol(id.c_str(), &end, 0);
  if (id.empty() || *end != 0 || value < 0 || value > 255) {
    run.program().report(Severity::failure, "Unrecognized El Torito Platform Id : " + core::shell_quote(arguments[0]));
    return run.program().fail(Severity::hint, "Recognizable are: x86, PPC, Mac, efi, [0...255], [0x00...0xff]");
  }
  id = core::strprintf("0x%2.2x", static_cast<unsigned>(value));
  if (run.boot_file_given && id != run.eltorito_platform && !opt_next_boot_image(run, {})) return false;
  run.eltorito_platform = id;
  return boot(run, "platform_id=" + id);
}

bool opt_next_boot_image(MkisofsRun& run, Words) {
  run.boot_emulation_given = false;
  run.boot_file_given = false;
  return boot(run, "next");
}

bool opt_no_emul_boot(MkisofsRun& run, Words) {
  run.boot_emulation_given = true;
  return boot(run, "emul_type=none");
}

bool opt_hard_disk_boot(MkisofsRun& run, Words) {
  run.boot_emulation_given = true;
  return boot(run, "emul_type=hard_disk");
}

bool opt_generic_boot(MkisofsRun& run, Words arguments) {
  return run.native({"boot_image", "any", "system_area=" + arguments[0]});
}

bool opt_grub2_mbr(MkisofsRun& run, Words arguments) {
  return run.native({"boot_image", "grub", "grub2_mbr=" + arguments[0]});
}

bool opt_sparc_boot(MkisofsRun& run, Words arguments) {
  int number = 2;
  const std::string& list = arguments[0];
  for (std::size_t at = 0; at <= list.size() && number <= 8;) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    std::string path = list.substr(at, end - at);
    at = end + 1;
    if (path == "...") {
      for (; number <= 8; number++)
        if (!run.native({"append_partition", std::to_string(number), "0x00", "."})) return false;
      break;
    }
    if (!run.native({"append_partition", std::to_string(number++), "0x00", path})) return false;
  }
  return true;
}

bool opt_dir_mode(MkisofsRun& run, Words arguments) { return mode_at_end(run, "-dir-mode", "d", arguments[0]); }
bool opt_file_mode(MkisofsRun& run, Words arguments) { return mode_at_end(run, "-file-mode", "f", arguments[0]); }
bool opt_exclude(MkisofsRun& run, Words arguments) { return exclude(run, arguments[0]); }
bool opt_nothing(MkisofsRun&, Words) { return true; }

bool opt_full_names(MkisofsRun& run, Words) {
  if (run.program().settings.image.compliance.iso_level >= 2) return true;
  return run.native({"compliance", "iso_9660_level=2"});
}

bool opt_iso_level(MkisofsRun& run, Words arguments) {
  const std::string& level = arguments[0];
  if (level.size() != 1 || level[0] < '1' || level[0] > '4')
    return run.fail("unsupported -iso-level " + core::shell_quote(level) + " (use one of: 1,2,3,4)");
  if (level == "4") return run.native({"compliance", "iso_9660_level=3:iso_9660_1999"});
  return run.native({"compliance", "iso_9660_level=" + level});
}

bool opt_graft_points(MkisofsRun& run, Words) {
  run.graft_points = true;
  return run.native({"pathspecs", "as_mkisofs"});
}

bool opt_path_list(MkisofsRun& run, Words arguments) {
  return run.insert_list(arguments[0], MkisofsRun::Lines::raw);
}

bool opt_quoted_path_list(MkisofsRun& run, Words arguments) {
  return run.insert_list(arguments[0], MkisofsRun::Lines::quoted);
}

bool opt_hide(MkisofsRun& run, Words arguments) { return add_hide_rules(run, arguments[0], HideRule::Tree::iso_rr); }
bool opt_hide_joliet(MkisofsRun& run, Words arguments) { return add_hide_rules(run, arguments[0], HideRule::Tree::joliet); }
bool opt_hide_hfsplus(MkisofsRun& run, Words arguments) { return add_hide_rules(run, arguments[0], HideRule::Tree::hfsplus); }
bool opt_hide_list(MkisofsRun& run, Words arguments) { return add_hide_list(run, arguments[0], HideRule::Tree::iso_rr); }
bool opt_hide_joliet_list(MkisofsRun& run, Words arguments) { return add_hide_list(run, arguments[0], HideRule::Tree::joliet); }
bool opt_hide_hfsplus_list(MkisofsRun& run, Words arguments) { return add_hide_list(run, arguments[0], HideRule::Tree::hfsplus); }

bool opt_hfs_bless(MkisofsRun& run, Words arguments) {
  const auto path = run.program().disk_path(arguments[0]);
  if (!path) return false;
  if (run.native({"find", "/", "-disk_path", *path, "-exec", "set_hfs_bless", "p"})) return true;
  run.program().report(Severity::failure, "-hfs-bless: Could not find a data file which stems from underneath disk directory " +
                                              core::shell_quote(arguments[0]));
  return run.program().fail(Severity::hint, "Consider to use: -hfs-bless-by p ISO_RR_PATH");
}

bool opt_hide_rr_moved(MkisofsRun& run, Words) { return relocate_deep(run, ".rr_moved"); }
bool opt_rr_reloc_dir(MkisofsRun& run, Words arguments) { return relocate_deep(run, arguments[0]); }
bool opt_input_charset(MkisofsRun& run, Words arguments) { return charset(run, "local_charset", arguments[0]); }
bool opt_output_charset(MkisofsRun& run, Words arguments) { return charset(run, "charset", arguments[0]); }

bool opt_root(MkisofsRun& run, Words arguments) {
  run.new_root = MkisofsRun::image_path(arguments[0]);
  while (run.new_root.size() > 1 && run.new_root.back() == '/') run.new_root.pop_back();
  run.program().settings.iso_cwd = run.new_root;
  if (run.old_root_ino && !run.native({"disk_dev_ino", run.old_root_devno ? "on" : "ino_only"})) return false;
  return !run.old_root_md5 || run.native({"md5", "on"});
}

bool opt_old_root(MkisofsRun& run, Words arguments) {
  run.old_root = MkisofsRun::image_path(arguments[0]);
  if (run.old_root_ino && !run.native({"disk_dev_ino", run.old_root_devno ? "on" : "ino_only"})) return false;
  if (run.old_root_md5 && !run.native({"md5", "on"})) return false;
  if (run.old_root != run.new_root && run.program().image != nullptr && run.program().image->find(run.old_root) &&
      !run.program().image->find(run.new_root))
    return run.native({"clone", run.old_root, run.new_root});
  return true;
}

bool opt_old_root_devno(MkisofsRun& run, Words) { run.old_root_devno = true; return true; }
bool opt_old_root_no_ino(MkisofsRun& run, Words) {
  run.old_root_ino = false;
  return run.native({"disk_dev_ino", "off"}) && run.native({"hardlinks", "without_update"});
}
bool opt_old_root_no_md5(MkisofsRun& run, Words) {
  run.old_root_md5 = false;
  return run.native({"md5", "off"});
}

bool opt_print_size(MkisofsRun& run, Words) { run.print_size = true; return true; }
bool opt_quiet(MkisofsRun&, Words) { return true; }  // obeyed before the drives were acquired
bool opt_verbose(MkisofsRun& run, Words) { return run.native({"report_about", "UPDATE"}); }

bool opt_rational_rock(MkisofsRun& run, Words) {
  run.native_at_end({"find", "/", "-exec", "mkisofs_r"});
  return true;
}

bool opt_sort_weight(MkisofsRun& run, Words arguments) { return sort_weight(run, arguments[0], arguments[1]); }

bool opt_sort_weight_list(MkisofsRun& run, Words arguments) {
  return for_each_line(run.program(), arguments[0], [&](const std::string& line) {
    const std::size_t number = line.find_first_not_of(" \t");
    if (number == std::string::npos) return true;
    const std::size_t blank = line.find_first_of(" \t", number);
    const std::size_t path = line.find_first_not_of(" \t", blank);
    if (path == std::string::npos) return run.fail("-sort-weight-list: Not a number and a path: " + core::shell_quote(line));
    return sort_weight(run, line.substr(number, blank - number), line.substr(path));
  });
}

bool opt_sort_weight_patterns(MkisofsRun& run, Words arguments) { return opt_sort_weight_list(run, arguments); }

bool opt_help(MkisofsRun& run, Words) {
  Program& program = run.program();
  program.info("Usage: xorriso -as mkisofs [options] file...\n"
               "Note: This is not mkisofs. See xorriso -help, xorriso -version, man xorriso\n"
               "Options:\n");
  for (const MkisofsOption& row : mkisofs_options()) {
    if (row.help.empty()) continue;
    const std::string head = std::string(row.name) + (row.arguments.empty() || row.name.ends_with('=') ? "" : " ") + std::string(row.arguments);
    program.info(core::strprintf(head.size() < 28 ? "  %-27s %s\n" : "  %s\n                              %s\n", head.c_str(),
                                 std::string(row.help).c_str()));
  }
  return true;
}

bool opt_version(MkisofsRun& run, Words) {
  Program& program = run.program();
  const std::string line = "mkisofs 2.01-Emulation Copyright (C) 2026 xorriso developers xorriso\n";
  program.channels().flush();
  write_all(program.channels().real_stdout(), line);
  return run.native({"version"});
}

}  // namespace xorriso
