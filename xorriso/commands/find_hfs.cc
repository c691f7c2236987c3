// SPDX-License-Identifier: GPL-3.0-or-later
//
// Actions about the codes and blessings of HFS+.
#include "libcore/base/text.h"
#include "xorriso/commands/find_job.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::Blessing;

constexpr std::string_view kBlessings[] = {"ppc_bootdir", "intel_bootfile", "show_folder", "os9_folder", "osx_folder"};
constexpr std::string_view kLetters = "pis9x";

}  // namespace

std::optional<Blessing> parse_blessing(std::string_view word) {
  for (std::size_t i = 0; i < kLetters.size(); i++)
    if (word == kBlessings[i] || word == kLetters.substr(i, 1)) return static_cast<Blessing>(i);
  return std::nullopt;
}

std::string_view blessing_name(Blessing blessing) { return kBlessings[static_cast<int>(blessing)]; }

std::optional<FindAction> make_get_hfs_crtp(Program& program, Words) {
  return FindAction{.apply = [&program](const FindHit& hit) {
    if (const auto codes = core::image::hfs_codes(hit.node))
      program.result(codes->creator + " " + codes->type + " " + program.result_path(hit.shown) + "\n");
    return FindEffect::none;
  }};
}

std::optional<FindAction> make_set_hfs_crtp(Program& program, Words words) {
  const bool remove = words[0] == "--delete";
  if (!remove && (words[0].size() != 4 || words[1].size() != 4)) {
    program.report(Severity::failure, "HFS+ file creator code or type code are not exactly 4 characters long");
    return std::nullopt;
  }
  const core::image::HfsCodes codes{.creator = words[0], .type = words[1]};
  return FindAction{.apply = [&program, remove, codes](const FindHit& hit) {
    if (remove) {
      core::image::remove_hfs_codes(*program.image, hit.node);
      return FindEffect::none;
    }
    core::Result<void> done = core::image::set_hfs_codes(*program.image, hit.node, codes);
    if (!done) program.report(std::move(done).problem());
    return FindEffect::none;
  }};
}

std::optional<FindAction> make_get_hfs_bless(Program& program, Words) {
  return FindAction{.apply = [&program](const FindHit& hit) {
    if (const auto blessing = core::image::blessing_of(*program.image, hit.node))
      program.result(core::strprintf("%-16s ", std::string(blessing_name(*blessing)).c_str()) +
                     program.result_path(hit.shown) + "\n");
    return FindEffect::none;
  }};
}

std::optional<FindAction> make_set_hfs_bless(Program& program, Words words) {
  const std::string word = words[0];
  const auto blessing = parse_blessing(word);
  if (!blessing && word != "none" && word != "n") {
    program.report(Severity::failure, "Unknown blessing type " + shell_quote(word));
    return std::nullopt;
  }
  return FindAction{.apply = [&program, blessing, word](const FindHit& hit) {
    core::image::Image& image = *program.image;
    const auto present = core::image::blessing_of(image, hit.node);
    core::Result<bool> done = blessing ? core::image::bless(image, hit.node, *blessing)
                                       : core::image::revoke_blessing(image, hit.node);
    if (!done) {
      program.report(std::move(done).problem());
    } else if (blessing && *done) {
      program.report(Severity::note,
                     "HFS blessing " + shell_quote(word) + " issued to " + shell_quote(hit.absolute));
      return FindEffect::stop;
    } else if (blessing) {
      program.report(Severity::failure,
                     "Multiple blessing to same file or inappropriate file type: " + shell_quote(hit.absolute));
    } else if (*done && present) {
      program.report(Severity::note, "HFS blessing " + shell_quote(blessing_name(*present)) + " revoked from " +
                                         shell_quote(hit.absolute));
    }
    return FindEffect::none;
  }};
}

}  // namespace xorriso
