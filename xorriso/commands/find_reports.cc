// SPDX-License-Identifier: GPL-3.0-or-later
//
// Actions that report what nodes consist of: block addresses, sizes, content streams, checksums, damages.
#include <memory>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/acl_xattr.h"
#include "libcore/image/checksum.h"
#include "xorriso/commands/filter_files.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/verify.h"

namespace xorriso {

namespace {

using core::Severity;
using core::strprintf;
using core::image::Extent;
using core::image::Node;
using core::image::NodeKind;

enum class LayoutSize { file, section };

FindAction report_layout(Program& program, LayoutSize what) {
  FindAction action;
  action.begin = [&program, what] {
    program.result(std::string("Report layout: xt , Startlba ,   Blocks , ") +
                   (what == LayoutSize::file ? "Filesize" : "Sectsize") + " , ISO image path\n");
  };
  action.apply = [&program, what](const FindHit& hit) {
    const std::vector<Extent> extents = hit.node.extents();
    for (std::size_t i = 0; i < extents.size(); i++) {
      const core::Bytes size = what == LayoutSize::file ? hit.node.size() : extents[i].size;
      program.result(strprintf("File data lba: %2zu , %8lld , %8lld , %8lld , ", i,
                               static_cast<long long>(extents[i].start.value),
                               static_cast<long long>(core::blocks_for(extents[i].size).value),
                               static_cast<long long>(size.value)) +
                     program.result_path(hit.shown) + "\n");
    }
    return FindEffect::none;
  };
  return action;
}

FindAction show_streams(Program& program, bool with_id) {
  return {.apply = [&program, with_id](const FindHit& hit) {
    program.result(stream_line(program, hit.node, hit.shown, with_id));
    return FindEffect::none;
  }};
}

/// Bytes that directory records and content of a file object will need, at least and at most.
struct SizeEstimate {
  std::int64_t lower = 0, upper = 0;
  void add(std::string_view name, bool directory, core::Bytes content) {
    const std::int64_t record = 3 * static_cast<std::int64_t>(name.size());
    const std::int64_t data = core::to_bytes(core::blocks_for(content)).value;
    lower += record + 34 + data;
    upper += record + core::kBlockSize * (directory ? 3 : 1) + data;
  }
};

/// How list_extattr writes names and values.
std::string extattr_word(std::string_view text, char mode) {
  if (std::string_view("eqrb").find(mode) == std::string_view::npos) return {};
  if (mode == 'r') return std::string(text);
  if (mode == 'q') return core::shell_quote(text);
  std::string encoded;
  bool harmless = true;
  for (const char c : text) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool special = byte < 32 || byte >= 127 || c == '\'' || c == '\\' || (mode == 'b' && c == '"');
    if (!special) {
      encoded += c;
      continue;
    }
    harmless = false;
    encoded += strprintf(mode == 'b' ? "\\%03o" : "\\0%03o", byte);
  }
  if (mode == 'b') return encoded;
  return harmless ? "'" + encoded + "'" : "\"$(echo -e '" + encoded + "')\"";
}

}  // namespace

std::optional<FindAction> make_report_lba(Program& program, Words) { return report_layout(program, LayoutSize::file); }
std::optional<FindAction> make_report_sections(Program& program, Words) {
  return report_layout(program, LayoutSize::section);
}
std::optional<FindAction> make_show_stream(Program& program, Words) { return show_streams(program, false); }
std::optional<FindAction> make_show_stream_id(Program& program, Words) { return show_streams(program, true); }

std::optional<FindAction> make_report_damage(Program& program, Words) {
  FindAction action;
  action.begin = [&program] {
    program.result("Report layout:  at byte ,    Range , Filesize , ISO image path\n");
  };
  action.apply = [&program](const FindHit& hit) {
    program.result(strprintf("File seems ok: %8d , %8d , %8lld , ", -1, -1,
                             static_cast<long long>(hit.node.size().value)) +
                   program.result_path(hit.shown) + "\n");
    return FindEffect::none;
  };
  return action;
}

std::optional<FindAction> make_estimate_size(Program& program, Words) {
  const auto estimate = std::make_shared<SizeEstimate>();
  FindAction action;
  action.apply = [estimate](const FindHit& hit) {
    if (hit.disk != nullptr)
      estimate->add(core::leaf_name(hit.absolute), S_ISDIR(hit.disk->st_mode),
                    {S_ISREG(hit.disk->st_mode) ? hit.disk->st_size : 0});
    else
      estimate->add(hit.node.name(), hit.node.is_directory(), hit.node.size());
    return FindEffect::none;
  };
  action.finish = [&program, estimate] {
    program.result(strprintf("Size lower   : %llds\nSize upper   : %llds\n",
                             static_cast<long long>(estimate->lower / core::kBlockSize),
                             static_cast<long long>(core::blocks_for({estimate->upper}).value)));
  };
  return action;
}

std::optional<FindAction> make_list_extattr(Program& program, Words words) {
  const char mode = words[0].empty() ? 'e' : words[0][0];
  FindAction action;
  const auto first = std::make_shared<bool>(true);
  const auto header = [&program, mode, first](bool on_disk) {
    if (!std::exchange(*first, false)) return;
    const std::string& cwd = on_disk ? program.settings.disk_cwd : program.settings.iso_cwd;
    program.result(std::string("# Output of xorriso ") + (on_disk ? "-findx" : "-find") +
                   " action list_extattr\ncd " + extattr_word(cwd, mode) + "\nc=\"setextattr\"\n\n");
  };
  action.apply = [&program, mode, header](const FindHit& hit) {
    header(hit.disk != nullptr);
    const auto attributes = hit.disk != nullptr
                                ? core::image::local_xattrs(std::string(hit.absolute), core::image::XattrScope::user)
                                : core::image::xattrs_of(hit.node, core::image::XattrScope::user);
    if (attributes.empty()) return FindEffect::none;
    std::string shown(hit.shown);
    while (shown.starts_with('/')) shown.erase(0, 1);
    std::string text = "n=" + extattr_word(shown.empty() ? "." : shown, mode) + "\n";
    for (const auto& attribute : attributes) {
      const std::size_t dot = attribute.name.find('.');
      text += "$c " + extattr_word(attribute.name.substr(0, dot), mode) + " " +
              extattr_word(attribute.name.substr(dot + 1), mode) + " " + extattr_word(attribute.value, mode) +
              " \"$n\"\n";
    }
    program.result(text + "\n");
    return FindEffect::none;
  };
  return action;
}

std::optional<FindAction> make_get_md5(Program& program, Words) {
  return FindAction{.apply = [&program](const FindHit& hit) {
    if (const auto md5 = core::image::recorded_md5(*program.image, hit.node))
      program.result(core::image::md5_text(*md5) + "  " + core::image::octal_escaped(hit.shown) + "\n");
    return FindEffect::none;
  }};
}

std::optional<FindAction> make_check_md5(Program& program, Words words) {
  const Severity severity = core::parse_severity(words[0]).value_or(Severity::all);
  const auto files = std::make_shared<std::vector<Node>>();
  FindAction action;
  action.apply = [files](const FindHit& hit) {
    if (hit.node.kind() == NodeKind::file) files->push_back(hit.node);
    return FindEffect::none;
  };
  action.finish = [&program, files, severity] {
    Md5Audit audit(program);
    if (!files->empty()) audit.check_quietly(*files);
    audit.conclude(severity);
  };
  return action;
}

std::optional<FindAction> make_make_md5(Program& program, Words) {
  return FindAction{.apply = [&program](const FindHit& hit) {
    if (hit.node.kind() != NodeKind::file || core::image::recorded_md5(*program.image, hit.node))
      return FindEffect::none;
    core::Result<void> done = core::image::make_md5(*program.image, hit.node);
    if (!done) program.report(std::move(done).problem());
    return FindEffect::none;
  }};
}

}  // namespace xorriso
