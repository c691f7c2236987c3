// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/emulation/mkisofs.h"

#include <sys/stat.h>

#include <algorithm>

#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/commands/commit.h"
#include "xorriso/emulation/mkisofs_functions.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/packet.h"
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

/// Rules about names apply to all paths, wherever they stand among the words.
bool is_hide_rule(const MkisofsOption& option) {
  return option.kind == Kind::special && option.name.starts_with("-hide") && option.function != opt_hide_rr_moved;
}

/// Options which take effect before the drives are acquired, wherever they stand.
bool is_early(const MkisofsOption& option) {
  constexpr std::string_view kNames[] = {"-file_name_limit", "-help",           "-input-charset", "-iso-level",
                                         "-output-charset",  "--stdio_sync", "-version"};
  return option.kind == Kind::early || is_hide_rule(option) ||
         std::find(std::begin(kNames), std::end(kNames), option.name) != std::end(kNames);
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

}  // namespace

std::string MkisofsRun::image_path(std::string_view path) {
  return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
}

bool MkisofsRun::fail(const std::string& text) { return program_.fail(Severity::failure, "-as " + name_ + ": " + text); }

bool MkisofsRun::native(std::initializer_list<std::string> words) { return native(std::vector<std::string>(words)); }

bool MkisofsRun::native(const std::vector<std::string>& words) {
  const CommandRow* row = find_command(words[0]);
  if (row == nullptr) return fail("No such native command: " + words[0]);
  const CommandRow& worker = resolve_alias(*row);
  if (worker.handler == nullptr)
    return program_.fail(Severity::failure, "Command -" + words[0] + " is not available in this version");
  return worker.handler(program_, Words(words).subspan(1));
}

bool MkisofsRun::go_on() {
  program_.drain();
  return program_.may_continue();
}

/// One word and what belongs to it. Returns how many words behind it were taken.
std::size_t MkisofsRun::collect_one(const std::string& word, Words rest) {
  const bool is_option = word.starts_with('-') && word != "-";
  const MkisofsOption* option = find_mkisofs_option(word);
  if (option != nullptr && option->name.ends_with('=')) {
    needs_output_ = true;
    items_.push_back({option, {word.substr(word.find('=') + 1)}, word});
    return 0;
  }
  if (!is_option) {
    has_paths_ = needs_output_ = true;
    items_.push_back({nullptr, {word}, word});
    return 0;
  }
  if (option == nullptr && is_fused_mkisofs_word(word)) {
    needs_output_ = true;
    // The word is told once, the others have none.
    for (std::size_t i = 1; i < word.size(); i++)
      items_.push_back({find_mkisofs_option(std::string("-") + word[i]), {}, i == 1 ? word : ""});
    return 0;
  }
  const std::size_t arity = option == nullptr ? 0 : option->arity < 0 ? rest.size() : static_cast<std::size_t>(option->arity);
  const bool missing = rest.size() < arity;
  if (option == nullptr || !is_setup_only(*option)) needs_output_ = true;
  if (option == nullptr || missing) {
    items_.push_back({.word = word, .fault = missing ? "Not enough arguments to option " + word
                                                     : "Unrecognized option " + core::shell_quote(word)});
    return rest.size() < arity ? rest.size() : 0;
  }
  if (option->name == "-path-list" || option->name == "--quoted_path_list") has_paths_ = true;
  if (option->name == "-c" || option->name == "-eltorito-catalog") catalog_given = true;
  items_.push_back({option, {rest.begin(), rest.begin() + arity}, word});
  return arity;
}

/// Sorts the words into options with their arguments, paths, and words which are no good.
void MkisofsRun::collect() {
  const Words words(options_);
  for (std::size_t at = 0; at < words.size(); at++) at += collect_one(words[at], words.subspan(at + 1));
}

/// Obeys what has to be known before the drives are acquired.
bool MkisofsRun::take_early(const Item& item) {
  if (item.option == nullptr) return true;
  const std::string_view name = item.option->name;
  if (name == "-o" || name == "-output") output_ = item.arguments[0], output_given_ = true;
  if (name == "-M" || name == "-dev" || name == "-prev-session") earlier_session_ = item.arguments[0];
  if (name == "-C" || name == "-cdrecord-params") cdrecord_parameters_ = item.arguments[0], cdrecord_option_ = item.word;
  if (name == "-quiet") return native({"report_about", "SORRY"});
  if (item.option->kind == Kind::early || !is_early(*item.option)) return true;
  return execute_option(*item.option, item.arguments);
}

bool MkisofsRun::load_earlier_session() {
  if (!cdrecord_parameters_.empty()) {
    const auto comma = cdrecord_parameters_.find(',');
    if (comma == std::string::npos)
      return fail("unusable parameter with option " + cdrecord_option_ + ": " + core::shell_quote(cdrecord_parameters_));
    const std::string msc1 = cdrecord_parameters_.substr(0, comma), msc2 = cdrecord_parameters_.substr(comma + 1);
    program_.settings.drives.load_adjust_by_16 = true;
    if (!native({"load", "sbsector", msc1}) || !native({"grow_blindly", msc2})) return false;
  }
  if (earlier_session_.empty()) return true;
  const bool is_address = earlier_session_.starts_with("stdio:") || earlier_session_.starts_with("mmc:");
  const bool loaded = native({"indev", is_address ? earlier_session_ : "stdio:" + earlier_session_});
  program_.settings.drives.load_adjust_by_16 = false;
  return loaded;
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
  if (output_given_ || program_.outdev == nullptr) {
    program_.settings.drives.regard_output_as_blank = true;
    const bool done = native({"outdev", !output_given_ || output_ == "-" ? "-" : "stdio:" + output_});
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
}

bool MkisofsRun::execute_option(const MkisofsOption& option, Words arguments) {
  if (option.kind == Kind::special) return option.function(*this, arguments);
  std::vector<std::string> words = split_at_blanks(option.native);
  for (std::string& word : words) word = fill_in(word, arguments);
  return native(words);
}

bool MkisofsRun::execute_item(const Item& item) {
  if (!item.word.empty()) program_.report(Severity::debug, "-as " + name_ + ": " + core::shell_quote(item.word));
  if (!item.fault.empty()) return fail(item.fault);
  if (item.option == nullptr) return insert(item.arguments[0]);
  const MkisofsOption& option = *item.option;
  switch (option.kind) {
    case Kind::ignored:
      program_.report(Severity::note, "-as " + name_ + ": Ignored option " + core::shell_quote(item.word));
      return true;
    case Kind::unsupported: return fail("Unsupported option " + core::shell_quote(item.word));
    default: break;
  }
  return option.when == When::after_paths || is_early(option) || execute_option(option, item.arguments);
}

/// What needs the finished tree: boot equipment in the given order, permissions, sort weights.
bool MkisofsRun::finish() {
  for (const Item& item : items_) {
    if (item.option == nullptr || item.option->when != When::after_paths) continue;
    execute_option(*item.option, item.arguments);
    if (!go_on()) return false;
  }
  for (const auto& words : at_end_) {
    native(words);
    if (!go_on()) return false;
  }
  return !print_size || tell_size();
}

/// The number alone, on the stdout with which the program was started, and nothing will be written.
bool MkisofsRun::tell_size() {
  const auto blocks = predicted_session(program_);
  if (!blocks) return false;
  program_.channels().flush();
  write_all(program_.channels().real_stdout(), std::to_string(blocks->value) + "\n");
  return native({"changes_pending", "mkisofs_printed"});
}

/// -log-file takes effect before everything else.
void MkisofsRun::redirect_messages() {
  for (const Item& item : items_) {
    if (item.option == nullptr || item.option->name != "-log-file") continue;
    const std::string& path = item.arguments[0];
    if (!path.empty()) program_.info("re-directing all messages to " + path + "\n");
    auto done = program_.channels().redirect_info(path);
    if (!done) program_.report(std::move(done).problem());
    else if (path.empty()) program_.report(Severity::note, "Revoked stderr message redirection");
  }
}

bool MkisofsRun::perform() {
  for (const Item& item : items_)
    if (!take_early(item) && !go_on()) return false;
  if (!acquire_drives()) return false;
  if (has_paths_) set_defaults();
  for (const Item& item : items_) {
    execute_item(item);
    if (!go_on()) return false;
  }
  // Without emulated table of content the padding belongs to the image.
  if (has_paths_ && !program_.settings.image.compliance.emul_toc)
    program_.settings.write.padding_mode = WriteCommandSettings::PadMode::included;
  return finish();
}

bool MkisofsRun::execute() {
  collect();
  redirect_messages();
  const bool done = perform();
  program_.drain();
  if (!print_size) tell_count_at_end();
  return done;
}

}  // namespace xorriso
