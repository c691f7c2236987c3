// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/emulation/mkisofs.h"

#include <sys/stat.h>

#include <charconv>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/emulation/mkisofs_functions.h"
#include "xorriso/output/channels.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using Kind = MkisofsOption::Kind;
using When = MkisofsOption::When;

/// Options which make no image by themselves: alone they need no output.
bool is_setup_only(const MkisofsOption& option) {
  for (const std::string_view name : {"-help", "-version", "-log-file", "--no_rc", "-quiet", "-v", "-verbose", "-gui"})
    if (option.name == name) return true;
  return false;
}

/// Replaces %1 %2 %3 by arguments, %p by the first one as a path in the image.
std::string fill_in(std::string_view pattern, Words arguments) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); i++) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    const char which = pattern[++i];
    if (which == 'p') {
      // Sources of the kind --interval:... are no paths in the image.
      out += arguments[0].starts_with("--interval:") ? arguments[0] : MkisofsRun::image_path(arguments[0]);
    } else {
      out += arguments[which - '1'];
    }
  }
  return out;
}

std::vector<std::string> split_at_blanks(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// Splits a graft point at the first "=" that is not escaped and removes the escapes. Without "=": only `second`.
struct GraftPoint { std::string target, source; bool has_target = false; };
GraftPoint split_graft_point(std::string_view word) {
  GraftPoint g;
  std::string part;
  for (std::size_t i = 0; i < word.size(); i++) {
    if (word[i] == '\\' && i + 1 < word.size() && (word[i + 1] == '=' || word[i + 1] == '\\')) {
      part += word[++i];
    } else if (word[i] == '=' && !g.has_target) {
      g.target = std::move(part);
      g.has_target = true;
      part.clear();
    } else {
      part += word[i];
    }
  }
  g.source = std::move(part);
  return g;
}

}  // namespace

std::string MkisofsRun::image_path(std::string_view path) {
  return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
}

bool MkisofsRun::fail(const std::string& text) { return program_.fail(Severity::failure, "-as mkisofs: " + text); }

bool MkisofsRun::native(std::initializer_list<std::string> words) { return native(std::vector<std::string>(words)); }

bool MkisofsRun::native(const std::vector<std::string>& words) {
  const CommandRow* row = find_command(words[0]);
  if (row == nullptr) return fail("No such native command: " + words[0]);
  const CommandRow& worker = resolve_alias(*row);
  if (worker.handler == nullptr)
    return program_.fail(Severity::failure, "Command -" + words[0] + " is not available in this version");
  return worker.handler(program_, Words(words).subspan(1));
}

bool MkisofsRun::go_on(bool success) {
  program_.drain();
  return success || program_.may_continue();
}

/// Sorts the words into options with their arguments and paths. Stops at the first word that is no good; what stands
/// before it gets its turn first, as the drives do, and then the fault is reported.
bool MkisofsRun::collect() {
  for (std::size_t at = 0; at < options_.size();) {
    const std::string word = options_[at++];
    if (!word.starts_with('-') || word == "-") {
      const MkisofsOption* glued = find_mkisofs_option(word);
      if (glued != nullptr && glued->name.ends_with('=')) {
        items_.push_back({glued, {word.substr(word.find('=') + 1)}, word});
        continue;
      }
      items_.push_back({nullptr, {word}, word});
      has_paths_ = needs_output_ = true;
      continue;
    }
    if (const MkisofsOption* option = find_mkisofs_option(word); option != nullptr) {
      Item item{option, {}, word};
      if (option->name.ends_with('=')) {
        item.arguments.push_back(word.substr(word.find('=') + 1));
      } else if (option->arity < 0) {
        item.arguments.assign(options_.begin() + at, options_.end());
        at = options_.size();
      } else {
        if (options_.size() - at < static_cast<std::size_t>(option->arity)) {
          fault_ = "Not enough arguments to option " + word;
          return false;
        }
        item.arguments.assign(options_.begin() + at, options_.begin() + at + option->arity);
        at += option->arity;
      }
      if (option->name == "-path-list" || option->name == "--quoted_path_list") has_paths_ = true;
      if (!is_setup_only(*option)) needs_output_ = true;
      items_.push_back(std::move(item));
    } else if (is_fused_mkisofs_word(word)) {
      needs_output_ = true;
      for (const char letter : word.substr(1)) {
        const std::string single = std::string("-") + letter;
        items_.push_back({find_mkisofs_option(single), {}, single});
      }
    } else {
      fault_ = "Unrecognized option " + core::shell_quote(word);
      return false;
    }
  }
  return true;
}

/// Obeys what has to be known before the drives are acquired.
bool MkisofsRun::take_early(const Item& item) {
  if (item.option == nullptr) return true;
  const std::string_view name = item.option->name;
  if (name == "-o" || name == "-output") output_ = item.arguments[0];
  if (name == "-M" || name == "-dev" || name == "-prev-session") earlier_session_ = item.arguments[0];
  if (name == "-C" || name == "-cdrecord-params") {
    if (item.arguments[0].find(',') == std::string::npos)
      return fail("unusable parameter with option " + item.word + ": " + core::shell_quote(item.arguments[0]));
    cdrecord_parameters_ = item.arguments[0];
  }
  if (name == "-quiet") return native({"report_about", "SORRY"});
  if (name == "-log-file") log_file_ = item.arguments[0];
  // Patterns of names to hide apply to all paths, wherever they stand.
  if (name.starts_with("-hide") && item.option->kind == Kind::special && item.option->function != opt_hide_rr_moved)
    return item.option->function(*this, item.arguments);
  return true;
}

bool MkisofsRun::load_earlier_session() {
  if (!cdrecord_parameters_.empty()) {
    const auto comma = cdrecord_parameters_.find(',');
    const std::string msc1 = cdrecord_parameters_.substr(0, comma), msc2 = cdrecord_parameters_.substr(comma + 1);
    if (!native({"load", "sbsector", msc1}) || !native({"grow_blindly", msc2})) return false;
  }
  if (earlier_session_.empty()) return true;
  const bool is_address = earlier_session_.starts_with("stdio:") || earlier_session_.starts_with("mmc:");
  return native({"indev", is_address ? earlier_session_ : "stdio:" + earlier_session_});
}

bool MkisofsRun::acquire_drives() {
  if (!needs_output_ && earlier_session_.empty()) return true;
  if (!output_.empty() && output_ != "-") {
    struct stat info;
    if (lstat(output_.c_str(), &info) == 0) {
      if (S_ISDIR(info.st_mode)) return fail("Cannot accept directory as target: -o " + core::shell_quote(output_));
      if (S_ISLNK(info.st_mode)) return fail("Cannot accept symbolic link as target: -o " + core::shell_quote(output_));
    }
  }
  if (!output_.empty() || program_.outdev == nullptr) {
    program_.settings.drives.regard_output_as_blank = true;
    const bool done = native({"outdev", output_.empty() || output_ == "-" ? "-" : "stdio:" + output_});
    program_.settings.drives.regard_output_as_blank = false;
    if (!done) return false;
  }
  return load_earlier_session();
}

/// What mkisofs does by default and native commands do not. Settings that were made explicitly stay.
void MkisofsRun::set_defaults() {
  auto& settings = program_.settings;
  settings.frontend.pacifier = FrontendSettings::Style::mkisofs;
  settings.image.compliance.emul_toc = false;
  settings.image.compliance.rec_mtime = true;
  settings.image.compliance.allow_dir_id_ext = true;
  if (!settings.image.iso_level_given) {
    native({"compliance", "iso_9660_level=1"});
    settings.image.iso_level_given = false;
  }
  if (!settings.write.stdio_sync_given) settings.write.stdio_sync = -1;
  settings.write.padding_mode = WriteCommandSettings::PadMode::included;
}

bool MkisofsRun::insert(const std::string& argument) {
  GraftPoint graft{.source = argument};
  if (graft_points) graft = split_graft_point(argument);
  const auto disk = program_.disk_path(graft.source);
  if (!disk) return false;
  const auto& follow = program_.settings.insert;
  struct stat info;
  const bool exists = (follow.follow_param ? stat(disk->c_str(), &info) : lstat(disk->c_str(), &info)) == 0;
  std::string target;
  if (!graft.has_target) {
    const bool is_directory = exists && S_ISDIR(info.st_mode);
    target = is_directory ? "/" : "/" + std::string(core::leaf_name(*disk));
  } else {
    target = image_path(graft.target);
    while (target.size() > 1 && target.back() == '/') target.pop_back();
    // "target/=file" puts the file into the directory "target" only if that is already there.
    if (graft.target.ends_with('/') && exists && !S_ISDIR(info.st_mode) && program_.image != nullptr) {
      const std::string below = new_root == "/" ? target : new_root + target;
      if (program_.image->find(below).is_directory()) target += (target == "/" ? "" : "/") + std::string(core::leaf_name(*disk));
    }
  }
  if (new_root != "/") target = target == "/" ? new_root : new_root + target;
  if (!old_root.empty()) return native({"update_r", *disk, target});
  return native({"map", *disk, target});
}

bool MkisofsRun::execute_option(const MkisofsOption& option, Words arguments) {
  if (option.kind == Kind::special) return option.function(*this, arguments);
  std::vector<std::string> words = split_at_blanks(option.native);
  for (std::string& word : words) word = fill_in(word, arguments);
  return native(words);
}

bool MkisofsRun::execute_item(const Item& item) {
  program_.report(Severity::debug, "-as mkisofs: " + core::shell_quote(item.word));
  if (item.option == nullptr) return insert(item.arguments[0]);
  switch (item.option->kind) {
    case Kind::early: return true;
    case Kind::special:
      if (item.option->name.starts_with("-hide") && item.option->function != opt_hide_rr_moved) return true;
      break;
    case Kind::ignored:
      program_.report(Severity::note, "-as mkisofs: Ignored option " + core::shell_quote(item.word));
      return true;
    case Kind::unsupported: return fail("Unsupported option " + core::shell_quote(item.word));
    default: break;
  }
  return item.option->when == When::after_paths || execute_option(*item.option, item.arguments);
}

/// What needs the finished tree: boot equipment in the given order, permissions, hiding, sizes.
bool MkisofsRun::finish() {
  for (const Item& item : items_) {
    if (item.option == nullptr || item.option->when != When::after_paths) continue;
    if (!go_on(execute_option(*item.option, item.arguments))) return false;
  }
  for (const auto& words : at_end_)
    if (!go_on(native(words))) return false;
  if (print_size) {
    if (!native({"print_size"})) return false;
    return native({"changes_pending", "mkisofs_printed"});
  }
  return true;
}

bool MkisofsRun::execute() {
  const bool understood = collect();
  for (const Item& item : items_)
    if (!take_early(item)) return false;
  if (!log_file_.empty()) {
    program_.channels().redirect_info(log_file_, program_);
  }
  if (!acquire_drives()) return false;
  if (has_paths_) set_defaults();
  for (const Item& item : items_)
    if (!go_on(execute_item(item))) return false;
  if (!understood) return fail(fault_);
  return finish();
}

}  // namespace xorriso
