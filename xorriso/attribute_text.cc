// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/attribute_text.h"

#include <grp.h>
#include <pwd.h>

#include <cstdlib>

#include "libcore/base/text.h"
#include "xorriso/program.h"

namespace xorriso {

namespace {

using core::image::octal_escaped;

std::string shown_path(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  return path.empty() ? "." : octal_escaped(path);
}

std::string user_name(uid_t uid) {
  const passwd* entry = getpwuid(uid);
  return entry != nullptr ? std::string(entry->pw_name) : std::to_string(uid);
}

std::string group_name(gid_t gid) {
  const group* entry = getgrgid(gid);
  return entry != nullptr ? std::string(entry->gr_name) : std::to_string(gid);
}

/// Adds the non-empty lines of `text`, each with a prefix.
void add_lines(std::string& out, std::string_view text, std::string_view prefix) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty()) out.append(prefix).append(line).append("\n");
  }
}

/// Decimal numbers count only in the form in which they would be printed.
std::optional<long long> plain_number(const std::string& word) {
  char* end = nullptr;
  const long long value = std::strtoll(word.c_str(), &end, 10);
  if (word.empty() || *end != '\0' || std::to_string(value) != word) return std::nullopt;
  return value;
}

}  // namespace

std::string getfacl_text(core::image::Node node, std::string_view path) {
  std::string out = "# file: " + shown_path(path) + "\n# owner: " + user_name(node.uid()) +
                    "\n# group: " + group_name(node.gid()) + "\n";
  const core::image::AclTexts acl = core::image::acl_of(node);
  add_lines(out, acl.access, "");
  add_lines(out, acl.default_acl, "default:");
  return out + "\n";
}

std::string getfattr_text(core::image::Node node, std::string_view path, core::image::XattrScope scope) {
  const auto attributes = core::image::xattrs_of(node, scope);
  if (attributes.empty()) return {};
  std::string out = "# file: " + shown_path(path) + "\n";
  for (const auto& attribute : attributes) out += attribute.name + "=\"" + octal_escaped(attribute.value) + "\"\n";
  return out + "\n";
}

core::image::XattrScope xattr_scope(const Settings& settings) {
  return settings.import.xattr == ImportSettings::Xattr::any ? core::image::XattrScope::any
                                                             : core::image::XattrScope::user;
}

std::optional<uid_t> parse_uid(Program& program, const std::string& word) {
  if (const auto number = plain_number(word)) return static_cast<uid_t>(*number);
  if (const passwd* entry = getpwnam(word.c_str())) return entry->pw_uid;
  program.report(core::Severity::sorry, "-uid: Not a known user: " + core::shell_quote(word));
  return std::nullopt;
}

std::optional<gid_t> parse_gid(Program& program, const std::string& word) {
  if (const auto number = plain_number(word)) return static_cast<gid_t>(*number);
  if (const group* entry = getgrnam(word.c_str())) return entry->gr_gid;
  program.report(core::Severity::sorry, "-gid: Not a known group: " + core::shell_quote(word));
  return std::nullopt;
}

}  // namespace xorriso
