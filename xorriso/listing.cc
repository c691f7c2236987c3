// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/listing.h"

#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <cinttypes>

#include "libcore/base/text.h"
#include "libcore/image/acl_xattr.h"
#include "libcore/image/edit.h"

namespace xorriso {

namespace {

using core::strprintf;
using core::image::Node;
using core::image::NodeKind;

char type_letter(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR: return 'd';
    case S_IFREG: return '-';
    case S_IFLNK: return 'l';
    case S_IFCHR: return 'c';
    case S_IFBLK: return 'b';
    case S_IFIFO: return 'p';
    case S_IFSOCK: return 's';
    default: return '?';
  }
}

char execute_letter(bool execute, bool special, char with, char without) {
  if (special) return execute ? with : without;
  return execute ? 'x' : '-';
}

void put_mode(char* out, const LongAttributes& a) {
  const mode_t m = a.mode;
  out[0] = a.type_letter != 0 ? a.type_letter : type_letter(m);
  for (int i = 0; i < 3; i++) {
    const int shift = 6 - 3 * i;
    out[1 + 3 * i] = (m >> shift) & 4 ? 'r' : '-';
    out[2 + 3 * i] = (m >> shift) & 2 ? 'w' : '-';
  }
  out[3] = execute_letter((m & S_IXUSR) != 0, (m & S_ISUID) != 0, 's', 'S');
  out[6] = execute_letter((m & S_IXGRP) != 0, (m & S_ISGID) != 0, 's', 'S');
  out[9] = execute_letter((m & S_IXOTH) != 0, (m & S_ISVTX) != 0, 't', 'T');
  out[10] = a.mark;
}

/// Hiding is inherited by all that is below a hidden directory.
char mark_of(Node node) {
  core::image::HideState hidden;
  for (Node n = node;; n = n.parent()) {
    const core::image::HideState own = core::image::hide_state(n);
    hidden = {hidden.iso_rr || own.iso_rr, hidden.joliet || own.joliet, hidden.hfsplus || own.hfsplus};
    if (n == n.parent() || !n.parent()) break;
  }
  const bool acl = core::image::has_acl(node);
  const int count = hidden.iso_rr + hidden.joliet + hidden.hfsplus;
  if (count == 0) return acl ? '+' : ' ';
  const char letter = count > 1 ? 'H' : hidden.iso_rr ? 'I' : hidden.joliet ? 'J' : 'A';
  return acl ? static_cast<char>(letter - 'A' + 'a') : letter;
}

constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr time_t kRecent = 180 * 86400;

void put_decimal(std::string& out, std::uint64_t value, std::size_t width, bool left) {
  char digits[20];
  std::size_t count = 0;
  do digits[count++] = static_cast<char>('0' + value % 10);
  while ((value /= 10) != 0);
  if (!left && count < width) out.append(width - count, ' ');
  for (std::size_t i = count; i > 0; i--) out += digits[i - 1];
  if (left && count < width) out.append(width - count, ' ');
}

/// The broken down local time of the last asked moment: files of a tree often share it.
const struct tm& local_time(time_t when) {
  thread_local time_t last = 0;
  thread_local struct tm broken{};
  thread_local bool valid = false;
  if (!valid || last != when) {
    localtime_r(&when, &broken);
    last = when;
    valid = true;
  }
  return broken;
}

void put_time(std::string& out, time_t when, time_t now) {
  const struct tm& t = local_time(when);
  out += kMonths[t.tm_mon];
  out += ' ';
  put_decimal(out, static_cast<std::uint64_t>(t.tm_mday), 2, false);
  out += ' ';
  if (when > now || now - when >= kRecent) {
    put_decimal(out, static_cast<std::uint64_t>(1900 + t.tm_year), 5, false);
  } else {
    const char clock[] = {static_cast<char>('0' + t.tm_hour / 10), static_cast<char>('0' + t.tm_hour % 10), ':',
                          static_cast<char>('0' + t.tm_min / 10), static_cast<char>('0' + t.tm_min % 10)};
    out.append(clock, sizeof clock);
  }
  out += ' ';
}

}  // namespace

std::string long_prefix(const LongAttributes& a, time_t now) {
  char mode[11];
  put_mode(mode, a);
  std::string out(mode, sizeof mode);
  out.reserve(128);
  out += ' ';
  put_decimal(out, a.links, 3, false);
  out += ' ';
  put_decimal(out, a.uid, 8, true);
  out += ' ';
  put_decimal(out, a.gid, 8, true);
  out += ' ';
  if (S_ISCHR(a.mode) || S_ISBLK(a.mode)) {
    const std::string device = strprintf("%u,%u", major(a.device), minor(a.device));
    if (device.size() < 8) out.append(8 - device.size(), ' ');
    out += device;
  } else {
    put_decimal(out, static_cast<std::uint64_t>(a.size), 8, false);
  }
  out += ' ';
  put_time(out, a.mtime, now);
  return out;
}

LongAttributes attributes_of(Node node, Marks marks, const core::image::LinkCounts* links) {
  LongAttributes a{.mode = node.mode(),
                   .uid = node.uid(),
                   .gid = node.gid(),
                   .size = node.size().value,
                   .device = node.device(),
                   .mtime = node.mtime()};
  if (node.kind() == NodeKind::boot) a.type_letter = 'e';
  if (marks == Marks::acl_and_hiding) a.mark = mark_of(node);
  if (links != nullptr) a.links = links->of(node);
  return a;
}

LongAttributes attributes_of(const std::string& path, const struct stat& info, Marks marks) {
  LongAttributes a{.mode = info.st_mode,
                   .links = info.st_nlink,
                   .uid = info.st_uid,
                   .gid = info.st_gid,
                   .size = info.st_size,
                   .device = info.st_rdev,
                   .mtime = info.st_mtime};
  if (marks == Marks::acl_and_hiding && !S_ISLNK(info.st_mode)) {
    if (getxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0 ||
        (S_ISDIR(info.st_mode) && getxattr(path.c_str(), "system.posix_acl_default", nullptr, 0) > 0))
      a.mark = '+';
  }
  return a;
}

std::string link_arrow(const Program& program, Node node) {
  if (node.kind() != NodeKind::symlink) return {};
  return " -> " + program.result_path(node.link_target());
}

std::string long_line(const Program& program, Node node, std::string_view shown_path, Marks marks,
                      const core::image::LinkCounts* links, time_t now) {
  std::string line = long_prefix(attributes_of(node, marks, links), now);
  line += program.result_path(shown_path);
  line += link_arrow(program, node);
  line += '\n';
  return line;
}

}  // namespace xorriso
