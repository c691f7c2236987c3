// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/acl_xattr.h"

#include <sys/xattr.h>

#include <memory>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"

namespace core::image {

namespace {

/// One entry of an ACL text.
struct AclEntry {
  char tag = 0;  // u g o m
  bool is_default = false;
  std::string qualifier;
  bool read = false, write = false, execute = false;

  std::string line() const {
    std::string out;
    switch (tag) {
      case 'u': out = "user:"; break;
      case 'g': out = "group:"; break;
      case 'o': out = "other:"; break;
      default: out = "mask:"; break;
    }
    out += qualifier + ":" + (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-") + "\n";
    return out;
  }
};

std::optional<AclEntry> parse_entry(std::string_view text) {
  AclEntry entry;
  if (text.front() == 'd') {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    entry.is_default = true;
    text.remove_prefix(colon + 1);
  }
  if (text.empty() || std::string_view("ugom").find(text.front()) == std::string_view::npos) return std::nullopt;
  entry.tag = text.front();
  const std::size_t first = text.find(':');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = text.find(':', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  entry.qualifier = text.substr(first + 1, second - first - 1);
  if (!entry.qualifier.empty() && (entry.tag == 'o' || entry.tag == 'm')) return std::nullopt;
  for (const char c : text.substr(second + 1)) {
    if (c == '#') break;
    if (c == 'r') entry.read = true;
    else if (c == 'w') entry.write = true;
    else if (c == 'x') entry.execute = true;
    else if (c != '-' && c != ' ' && c != '\t') return std::nullopt;
  }
  return entry;
}

/// The bytes of libisofs' attribute list, released at the end.
class AttributeList {
 public:
  explicit AttributeList(Node node) { iso_node_get_attrs(node.handle(), &count_, &names_, &lengths_, &values_, 0); }
  ~AttributeList() { iso_node_get_attrs(nullptr, &count_, &names_, &lengths_, &values_, 1 << 15); }
  AttributeList(const AttributeList&) = delete;
  AttributeList& operator=(const AttributeList&) = delete;
  std::size_t size() const { return count_; }
  std::string_view name(std::size_t i) const { return names_[i]; }
  std::string_view value(std::size_t i) const { return {values_[i], lengths_[i]}; }

 private:
  std::size_t count_ = 0;
  char** names_ = nullptr;
  std::size_t* lengths_ = nullptr;
  char** values_ = nullptr;
};

bool in_scope(std::string_view name, XattrScope scope) {
  if (name.empty()) return false;
  if (scope == XattrScope::with_isofs) return true;
  if (scope == XattrScope::any) return !name.starts_with("isofs.");
  return name.starts_with("user.");
}

bool has_aaip(Node node) {
  void* data = nullptr;
  return iso_node_get_xinfo(node.handle(), aaip_xinfo_func, &data) == 1;
}

constexpr int kKeepOthers = 1 << 1, kDelete = 1 << 2, kAllNamespaces = 1 << 3, kSpareIsofs = 1 << 4;

Result<void> apply(Image& image, Node node, const std::vector<Xattr>& attributes, int flag) {
  std::vector<std::string> copies;
  std::vector<char*> names, values;
  std::vector<std::size_t> lengths;
  copies.reserve(attributes.size() * 2);
  for (const Xattr& attribute : attributes) {
    names.push_back(copies.emplace_back(attribute.name).data());
    values.push_back(copies.emplace_back(attribute.value).data());
    lengths.push_back(attribute.value.size());
  }
  const int ret = iso_node_set_attrs(node.handle(), names.size(), names.data(), lengths.data(), values.data(), flag);
  if (ret < 0) return problem_from_libisofs(ret, "");
  image.note_attributes();
  return {};
}

int scope_flags(XattrScope scope) {
  if (scope == XattrScope::user) return 0;
  return kAllNamespaces | (scope == XattrScope::any ? kSpareIsofs : 0);
}

}  // namespace

Result<AclTexts> AclTexts::parse(std::string_view text) {
  AclTexts out;
  if (text.empty() || text == "clear" || text == "--remove-all") return out;
  int line = 0, bad_line = 0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(",\n");
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line++;
    if (part.empty() || part.front() == '#') continue;
    const std::optional<AclEntry> entry = parse_entry(part);
    if (!entry) {
      bad_line = line;
    } else if (entry->is_default) {
      out.default_acl += entry->line();
    } else {
      out.access += entry->line();
    }
  }
  if (bad_line > 0)
    return Problem{.severity = Severity::failure,
                   .text = strprintf("Malformed ACL entries encountered. Last one in line number %d.", bad_line)};
  return out;
}

bool has_acl(Node node) {
  if (!has_aaip(node)) return false;
  char *access = nullptr, *default_text = nullptr;
  const int ret = iso_node_get_acl_text(node.handle(), &access, &default_text, 1 << 4);
  const bool found = ret == 1 && (access != nullptr || default_text != nullptr);
  iso_node_get_acl_text(node.handle(), &access, &default_text, 1 << 15);
  return found;
}

AclTexts acl_of(Node node) {
  char *access = nullptr, *default_text = nullptr;
  iso_node_get_acl_text(node.handle(), &access, &default_text, 0);
  AclTexts out;
  if (access != nullptr) out.access = access;
  if (default_text != nullptr) out.default_acl = default_text;
  iso_node_get_acl_text(node.handle(), &access, &default_text, 1 << 15);
  return out;
}

Result<void> set_acl(Image& image, Node node, const AclTexts& acl) {
  std::string access = acl.access, default_acl = acl.default_acl;
  const int ret = iso_node_set_acl_text(node.handle(), access.empty() ? nullptr : access.data(),
                                        default_acl.empty() ? nullptr : default_acl.data(), 1 << 2);
  if (ret < 0) return problem_from_libisofs(ret, "");
  image.note_attributes();
  return {};
}

std::vector<Xattr> xattrs_of(Node node, XattrScope scope) {
  std::vector<Xattr> out;
  if (!has_aaip(node)) return out;
  const AttributeList list(node);
  for (std::size_t i = 0; i < list.size(); i++)
    if (in_scope(list.name(i), scope)) out.push_back({std::string(list.name(i)), std::string(list.value(i))});
  return out;
}

std::vector<Xattr> local_xattrs(const std::string& disk_path, XattrScope scope) {
  std::vector<Xattr> out;
  const ssize_t size = llistxattr(disk_path.c_str(), nullptr, 0);
  if (size <= 0) return out;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = llistxattr(disk_path.c_str(), names.data(), names.size());
  for (std::size_t pos = 0; got > 0 && pos < static_cast<std::size_t>(got);) {
    const std::string name = names.c_str() + pos;
    pos += name.size() + 1;
    if (!in_scope(name, scope)) continue;
    const ssize_t length = lgetxattr(disk_path.c_str(), name.c_str(), nullptr, 0);
    if (length < 0) continue;
    std::string value(static_cast<std::size_t>(length), '\0');
    if (lgetxattr(disk_path.c_str(), name.c_str(), value.data(), value.size()) == length)
      out.push_back({name, std::move(value)});
  }
  return out;
}

bool has_xattr(Node node, XattrScope scope) {
  if (!has_aaip(node)) return false;
  const AttributeList list(node);
  for (std::size_t i = 0; i < list.size(); i++)
    if (in_scope(list.name(i), scope)) return true;
  return false;
}

Result<void> set_xattr(Image& image, Node node, const Xattr& attribute, XattrScope scope) {
  return apply(image, node, {attribute}, kKeepOthers | scope_flags(scope));
}

Result<void> remove_xattr(Image& image, Node node, const std::string& name, XattrScope scope) {
  return apply(image, node, {{name, ""}}, kKeepOthers | kDelete | scope_flags(scope));
}

Result<void> replace_xattrs(Image& image, Node node, const std::vector<Xattr>& attributes, XattrScope scope) {
  return apply(image, node, attributes, scope_flags(scope));
}

std::string octal_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const unsigned char byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                       std::string_view("+,-./:@[]_").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += strprintf("\\%03o", byte);
  }
  return out;
}

}  // namespace core::image
