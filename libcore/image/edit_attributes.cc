// SPDX-License-Identifier: GPL-3.0-or-later
#include <ctime>
#include <sys/stat.h>

#include "libcore/base/clibs.h"
#include "libcore/image/edit.h"

namespace core::image {

void set_owner(Image& image, Node node, uid_t uid) {
  iso_node_set_uid(node.handle(), uid);
  iso_node_set_ctime(node.handle(), std::time(nullptr));  // the clock, even with a fixed time for new nodes
  image.note_attributes();
}

void set_group(Image& image, Node node, gid_t gid) {
  iso_node_set_gid(node.handle(), gid);
  iso_node_set_ctime(node.handle(), std::time(nullptr));  // the clock, even with a fixed time for new nodes
  image.note_attributes();
}

void set_permissions(Image& image, Node node, mode_t mode) {
  iso_node_set_permissions(node.handle(), mode & 07777);
  iso_node_set_ctime(node.handle(), std::time(nullptr));  // the clock, even with a fixed time for new nodes
  image.note_attributes();
}

namespace {

/// One clause of a symbolic mode, as bits to clear and bits to set.
struct Clause {
  mode_t clear = 0, set = 0;
};

std::optional<Clause> parse_clause(std::string_view text) {
  mode_t who = 0;
  std::size_t at = 0;
  for (; at < text.size(); at++) {
    if (text[at] == 'u') who |= S_ISUID | S_IRWXU;
    else if (text[at] == 'g') who |= S_ISGID | S_IRWXG;
    else if (text[at] == 'o') who |= S_ISVTX | S_IRWXO;
    else if (text[at] == 'a') who |= 07777;
    else break;
  }
  if (at == text.size()) return std::nullopt;
  const char operation = text[at++];
  if (operation != '+' && operation != '-' && operation != '=') return std::nullopt;
  if (text.size() == 1) return std::nullopt;
  mode_t permissions = 0;
  for (; at < text.size(); at++) {
    if (text[at] == 'r') permissions |= 0444;
    else if (text[at] == 'w') permissions |= 0222;
    else if (text[at] == 'x') permissions |= 0111;
    else if (text[at] == 's') permissions |= S_ISUID | S_ISGID;
    else if (text[at] == 't') permissions |= S_ISVTX;
    else return std::nullopt;
  }
  permissions &= who;
  if (operation == '+') return Clause{.set = permissions};
  if (operation == '-') return Clause{.clear = permissions};
  return Clause{.clear = who, .set = permissions};
}

}  // namespace

std::optional<ModeChange> ModeChange::parse(std::string_view text) {
  ModeChange change;
  if (text.starts_with('0')) {
    change.keep_ = 0;
    for (const char digit : text) {
      if (digit < '0' || digit > '7') break;
      change.set_ = (change.set_ * 8 + static_cast<mode_t>(digit - '0')) & 07777;
    }
    return change;
  }
  while (text.starts_with(',')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::optional<Clause> clause = parse_clause(text.substr(0, comma));
    if (!clause) return std::nullopt;
    change.keep_ &= ~clause->clear;
    change.set_ = (change.set_ & ~clause->clear) | clause->set;
    if (comma == std::string_view::npos) return change;
    text.remove_prefix(comma + 1);
  }
}

std::optional<DateChange> DateChange::parse(std::string_view type) {
  if (type == "a") return DateChange{.access = true, .touch = true};
  if (type == "m") return DateChange{.modification = true, .touch = true};
  if (type == "b") return DateChange{.access = true, .modification = true, .touch = true};
  if (type == "a-c") return DateChange{.access = true};
  if (type == "m-c") return DateChange{.modification = true};
  if (type == "b-c") return DateChange{.access = true, .modification = true};
  if (type == "c") return DateChange{.attribute = true};
  return std::nullopt;
}

void set_dates(Image& image, Node node, DateChange which, time_t when) {
  if (which.access) iso_node_set_atime(node.handle(), when);
  if (which.modification) iso_node_set_mtime(node.handle(), when);
  if (which.attribute) iso_node_set_ctime(node.handle(), when);
  if (which.touch) {
    time_t now = 0;
    iso_nowtime(&now, 0);
    iso_node_set_ctime(node.handle(), now);
  }
  image.note_attributes();
}

void set_dates_to_mtime(Image& image, Node node) {
  const time_t mtime = node.mtime();
  iso_node_set_atime(node.handle(), mtime);
  iso_node_set_ctime(node.handle(), mtime);
  image.note_attributes();
}

void apply_mkisofs_r(Image& image, Node node) {
  const time_t ctime = node.ctime();
  mode_t mode = node.permissions();
  const bool executable = (mode & 0111) != 0;
  mode = 0444 | (executable ? 0111 : 0);
  iso_node_set_uid(node.handle(), 0);
  iso_node_set_gid(node.handle(), 0);
  iso_node_set_permissions(node.handle(), mode);
  iso_node_set_ctime(node.handle(), ctime);
  image.note_attributes();
}

std::optional<HideState> HideState::parse(std::string_view text) {
  HideState state;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view word = text.substr(0, colon);
    if (word == "on") state = {true, true, true};
    else if (word == "iso_rr") state.iso_rr = true;
    else if (word == "joliet") state.joliet = true;
    else if (word == "hfsplus") state.hfsplus = true;
    else if (word == "off") state = {};
    else return std::nullopt;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  return state;
}

HideState hide_state(Node node) {
  const int flags = iso_node_get_hidden(node.handle());
  return {.iso_rr = (flags & LIBISO_HIDE_ON_RR) != 0,
          .joliet = (flags & LIBISO_HIDE_ON_JOLIET) != 0,
          .hfsplus = (flags & LIBISO_HIDE_ON_HFSPLUS) != 0};
}

void set_hide_state(Image& image, Node node, HideState state) {
  int flags = 0;
  if (state.iso_rr) flags |= LIBISO_HIDE_ON_RR;
  if (state.joliet) flags |= LIBISO_HIDE_ON_JOLIET;
  if (state.hfsplus) flags |= LIBISO_HIDE_ON_HFSPLUS;
  if (flags != 0) flags |= LIBISO_HIDE_BUT_WRITE;
  iso_node_set_hidden(node.handle(), flags);
  image.note_attributes();
}

void set_sort_weight(Image& image, Node node, int weight) {
  if (node.kind() != NodeKind::file) return;
  iso_node_set_sort_weight(node.handle(), weight);
  image.note_attributes();
}

}  // namespace core::image
