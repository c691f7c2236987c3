// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/base/path.h"

namespace core {

namespace {

/// Appends the components of `path` to `out`, which is empty for the root. Returns false if ".." leaves the root.
bool append_components(std::string& out, std::string_view path) {
  std::size_t pos = 0;
  while (pos < path.size()) {
    std::size_t end = path.find('/', pos);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(pos, end - pos);
    pos = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (out.empty()) return false;
      out.resize(out.rfind('/'));
      continue;
    }
    out += '/';
    out += part;
  }
  return true;
}

}  // namespace

Result<std::string> normalize_path(std::string_view cwd, std::string_view word) {
  std::string out;
  out.reserve(cwd.size() + word.size() + 2);
  bool inside = true;
  if (word.empty() || word.front() != '/') inside = append_components(out, cwd);
  if (!inside || !append_components(out, word))
    return Problem{.severity = Severity::failure, .text = "Your '..' bonked at the root directory."};
  if (out.empty()) out = "/";
  return out;
}

std::string_view leaf_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view parent_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return "/";
  return path.substr(0, slash);
}

std::string join_path(std::string_view directory, std::string_view name) {
  std::string out(directory);
  if (out.empty() || out.back() != '/') out += '/';
  out += name;
  return out;
}

}  // namespace core
