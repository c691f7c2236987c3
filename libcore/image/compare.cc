// SPDX-License-Identifier: GPL-3.0-or-later
//
// One pair of disk file and node. Content is read only if neither the recorded identity of the disk file nor a recorded
// MD5 can tell; equal files cost no text at all.
#include "libcore/image/compare.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/base/unique_fd.h"
#include "libcore/image/checksum.h"

namespace core::image {
namespace {

constexpr std::size_t kBuffer = 1 << 20;
constexpr std::size_t kComparisonPiece = 32 << 10;  ///< Counting of differences ends with the piece where one file ends.

const char* type_name(mode_t mode) {
  if (S_ISREG(mode)) return "regular_file";
  if (S_ISDIR(mode)) return "directory";
  if (S_ISLNK(mode)) return "symbolic_link";
  if (S_ISFIFO(mode)) return "name_pipe";
  if (S_ISCHR(mode)) return "char_device";
  if (S_ISBLK(mode)) return "block_device";
  if (S_ISSOCK(mode)) return "unix_socket";
  return "?";
}

std::string time_text(const char* format, time_t time) {
  struct tm parts{};
  char text[80] = "";
  ::localtime_r(&time, &parts);
  ::strftime(text, sizeof(text), format, &parts);
  return text;
}

/// As listings of directories show times: near ones with hour and minute, others with the year.
std::string short_time(time_t time) {
  const time_t now = ::time(nullptr);
  const bool near = time <= now && time > now - 180 * 86400;
  return time_text(near ? "%b %e %H:%M" : "%b %e  %Y", time);
}

std::string time_line(const char* name, time_t disk, time_t iso) {
  return strprintf(" %s :  %s  <>  %s      diff= %lld s", name, short_time(disk).c_str(), short_time(iso).c_str(),
                   static_cast<long long>(disk - iso));
}

/// Attributes by name, without ACLs and without the namespace of libisofs.
using Attributes = std::map<std::string, std::string>;

Attributes collect(std::size_t count, char** names, const std::size_t* lengths, char** values) {
  Attributes result;
  for (std::size_t i = 0; i < count; ++i)
    if (names[i][0] != '\0' && std::strncmp(names[i], "isofs.", 6) != 0) result.emplace(names[i], std::string(values[i], lengths[i]));
  return result;
}

Attributes disk_attributes(const std::string& path, bool all) {
  std::size_t count = 0, *lengths = nullptr;
  char **names = nullptr, **values = nullptr;
  std::string disk_path = path;
  const int ret = iso_local_get_attrs(disk_path.data(), &count, &names, &lengths, &values, all ? 1 << 3 : 0);
  Attributes result = ret < 0 ? Attributes() : collect(count, names, lengths, values);
  iso_local_get_attrs(disk_path.data(), &count, &names, &lengths, &values, 1 << 15);
  return result;
}

Attributes node_attributes(Node node, bool all) {
  std::size_t count = 0, *lengths = nullptr;
  char **names = nullptr, **values = nullptr;
  Attributes result;
  if (iso_node_get_attrs(node.handle(), &count, &names, &lengths, &values, 0) >= 0) result = collect(count, names, lengths, values);
  iso_node_get_attrs(node.handle(), &count, &names, &lengths, &values, 1 << 15);
  if (!all) std::erase_if(result, [](const auto& a) { return !a.first.starts_with("user."); });
  return result;
}

/// The number which a difference of attribute lists is reported by.
std::size_t count_differences(const Attributes& disk, const Attributes& iso) {
  std::size_t not_in_iso = 0, not_on_disk = 0, changed = 0;
  for (const auto& [name, value] : disk) {
    const auto other = iso.find(name);
    if (other == iso.end()) ++not_in_iso;
    else if (other->second != value) ++changed;
  }
  for (const auto& entry : iso) not_on_disk += !disk.contains(entry.first);
  return std::max(not_in_iso, not_on_disk) + changed + (disk.size() != iso.size() ? 1 : 0);
}

std::multiset<std::string> lines_of(const std::string& text) {
  std::multiset<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) lines.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

struct AclTexts { std::string access, fallback; };

AclTexts disk_acl(const std::string& path, bool directory) {
  AclTexts result;
  std::string disk_path = path;
  for (const int kind : {0, 1}) {
    if (kind == 1 && !directory) break;
    char* text = nullptr;
    if (iso_local_get_acl_text(disk_path.data(), &text, kind | (kind == 0 ? 1 << 4 : 0)) == 1 && text != nullptr)
      (kind == 0 ? result.access : result.fallback) = text;
    if (text != nullptr) iso_local_get_acl_text(disk_path.data(), &text, 1 << 15);
  }
  return result;
}

AclTexts node_acl(Node node) {
  AclTexts result;
  char *access = nullptr, *fallback = nullptr;
  if (iso_node_get_acl_text(node.handle(), &access, &fallback, 1 << 4) >= 0) {
    if (access != nullptr) result.access = access;
    if (fallback != nullptr) result.fallback = fallback;
  }
  iso_node_get_acl_text(node.handle(), &access, &fallback, 1 << 15);
  return result;
}

std::size_t acl_differences(const std::string& disk, const std::string& iso) {
  const std::multiset<std::string> a = lines_of(disk), b = lines_of(iso);
  if (a == b) return 0;
  if (a.empty() || b.empty()) return a.size() + b.size() + 1;
  std::size_t common = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) ++common, ++x, ++y;
    else if (*x < *y) ++x;
    else ++y;
  }
  return std::max(a.size(), b.size()) - common;
}

std::string count_line(const char* name, std::size_t count) {
  return strprintf(" %-8s :  %zu difference%s", name, count, count == 1 ? "" : "s");
}

/// Content of a node, from the image or still from disk.
class NodeReader {
 public:
  explicit NodeReader(Node node) : stream_(iso_file_get_stream(reinterpret_cast<IsoFile*>(node.handle()))) {
    code_ = iso_stream_open(stream_);
  }
  ~NodeReader() {
    if (code_ > 0) iso_stream_close(stream_);
  }
  int code() const { return code_; }
  /// Fills as much of the buffer as there is content. Negative: a code of libisofs.
  ssize_t read(std::span<char> to) {
    std::size_t have = 0;
    while (have < to.size()) {
      const int got = iso_stream_read(stream_, to.data() + have, std::min<std::size_t>(to.size() - have, 64 << 10));
      if (got < 0) return got;
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(have);
  }

 private:
  IsoStream* stream_;
  int code_;
};

ssize_t read_disk(int fd, std::span<char> to) {
  std::size_t have = 0;
  while (have < to.size()) {
    const ssize_t got = ::read(fd, to.data() + have, to.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  return static_cast<ssize_t>(have);
}

/// How much two contents differ. The first position is told as the reference program tells it.
struct ByteDifference {
  std::int64_t count = 0, first = -1;

  void add_piece(std::int64_t position, std::span<const char> disk, std::span<const char> iso) {
    const std::size_t common = std::min(disk.size(), iso.size());
    const std::int64_t excess = static_cast<std::int64_t>(disk.size() > iso.size() ? disk.size() - iso.size() : 0);
    if (common > 0 && std::memcmp(disk.data(), iso.data(), common) != 0) {
      for (std::size_t i = 0; i < common; ++i) {
        if (disk[i] == iso[i]) continue;
        if (first < 0) first = position + static_cast<std::int64_t>(i) + excess;
        ++count;
      }
    }
    if (disk.size() == iso.size()) return;
    count += static_cast<std::int64_t>(std::max(disk.size(), iso.size()) - common);
    if (first < 0) first = position + static_cast<std::int64_t>(common);
  }
};

std::optional<Md5> digest_disk_file(int fd, std::vector<char>& buffer, Progress& progress) {
  Md5Chain chain;
  while (true) {
    const ssize_t got = read_disk(fd, buffer);
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    chain.update(std::as_bytes(std::span(buffer).first(static_cast<std::size_t>(got))));
    progress.done += got;
  }
  return chain.peek();
}

}  // namespace

Comparer::Comparer(Image& image, CompareOptions options, Progress& progress, ProblemSink& sink)
    : image_(image), options_(std::move(options)), progress_(progress), sink_(sink), start_(recorded_start(image)) {}

void Comparer::report(Severity severity, std::string text, int os_errno) {
  sink_.report({severity, std::move(text), os_errno, Origin::xorriso});
}

Comparison Comparer::compare(const std::string& disk_path, const DiskFile& file, Node node) {
  using Missing = Comparison::Missing;
  Comparison result;
  result.missing = file.error != 0 ? (node ? Missing::on_disk : Missing::both) : node ? Missing::none : Missing::in_image;
  if (result.missing != Missing::none) return result;
  compare_attributes(disk_path, file, node, result);
  if (!result.type && S_ISREG(file.mode)) compare_content(disk_path, file, node, result);
  return result;
}

void Comparer::compare_attributes(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  const mode_t iso_mode = node.mode();
  const auto differ = [&](bool& flag, auto make_line) {
    flag = true;
    if (options_.lines) result.lines.push_back(make_line());
  };
  if ((file.mode & 07777) != (iso_mode & 07777))
    differ(result.attributes, [&] { return strprintf(" st_mode  :  %7.7o  <>  %7.7o", file.mode & 07777, iso_mode & 07777); });
  if ((file.mode & S_IFMT) != (iso_mode & S_IFMT))
    differ(result.type, [&] { return strprintf(" type     :  %s  <>  %s", type_name(file.mode), type_name(iso_mode)); });
  if (options_.attributes.acl) compare_acl(path, file, node, result);
  if (options_.attributes.xattr || options_.attributes.xattr_all) compare_xattr(path, file, node, result);
  if (file.uid != node.uid())
    differ(result.attributes, [&] { return strprintf(" st_uid   :   %u  <>  %u", file.uid, node.uid()); });
  if (file.gid != node.gid())
    differ(result.attributes, [&] { return strprintf(" st_gid   :   %u  <>  %u", file.gid, node.gid()); });
  const bool device = S_ISCHR(file.mode) || S_ISBLK(file.mode);
  if (device && !result.type && file.special != node.device()) {
    // The reference program shows the number of the disk file twice.
    const unsigned long number = file.special;
    differ(result.type, [&] { return strprintf(" %s st_rdev  :  %lu  <>  %lu", S_ISCHR(file.mode) ? "S_IFCHR" : "S_IFBLK", number, number); });
  }
  const std::int64_t iso_size = node.size().value;
  bool size_differs = false;
  if (S_ISREG(iso_mode) && file.size != iso_size && !(options_.identity != IdentityCheck::none && recorded_identity(node)))
    differ(size_differs, [&] {
      return strprintf(" st_size  :  %lld  <>  %lld      diff= %lld", static_cast<long long>(file.size),
                       static_cast<long long>(iso_size), static_cast<long long>(file.size - iso_size));
    });
  if (size_differs && !result.type) result.content = true;
  if (file.mtime != node.mtime()) differ(result.attributes, [&] { return time_line("st_mtime", file.mtime, node.mtime()); });
  if (file.ctime != node.ctime()) differ(result.attributes, [&] { return time_line("st_ctime", file.ctime, node.ctime()); });
}

void Comparer::compare_acl(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  if (S_ISLNK(file.mode)) return;
  const AclTexts disk = file.has_acl ? disk_acl(path, S_ISDIR(file.mode)) : AclTexts(), iso = node_acl(node);
  const std::size_t count = acl_differences(disk.access, iso.access) + acl_differences(disk.fallback, iso.fallback);
  if (count == 0) return;
  result.attributes = true;
  if (options_.lines) result.lines.push_back(count_line("ACL", count));
}

void Comparer::compare_xattr(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  const bool all = options_.attributes.xattr_all;
  const bool ask = file.has_xattr || (all && file.has_acl);  // with all namespaces ACLs appear as attributes too
  const std::size_t count = count_differences(ask ? disk_attributes(path, all) : Attributes(), node_attributes(node, all));
  if (count == 0) return;
  result.attributes = true;
  if (options_.lines) result.lines.push_back(count_line("xattr", count));
}

void Comparer::compare_content(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  if (decide_by_identity(file, node, result)) return;
  if (!options_.lines && result.content) return;  // the size tells already
  if (decide_by_md5(path, file, node, result)) return;
  compare_bytes(path, file, node, result);
}

/// True if the recorded identity decides; the result is set then.
bool Comparer::decide_by_identity(const DiskFile& file, Node node, Comparison& result) {
  if (options_.identity == IdentityCheck::none || !start_) return false;
  const std::optional<DiskIdentity> recorded = recorded_identity(node);
  if (!recorded) return false;
  const auto tell = [&](std::string line) {
    result.content = true;
    if (options_.lines) result.lines.push_back(" " + std::move(line));
  };
  const bool same = recorded->inode == file.inode && (options_.identity == IdentityCheck::inode_only || recorded->device == file.device);
  if (!same) {
    tell("dev_ino  :  differing");
    tell("content  :  assuming inequality after dev_ino mismatch");
    return true;
  }
  const time_t mtime = node.mtime(), ctime = node.ctime();
  const bool changed = file.size != node.size().value || file.mtime != mtime || file.ctime != ctime;
  if (!changed && mtime < *start_ && ctime < *start_) return true;
  if (!changed) {
    const time_t younger = std::max(mtime, ctime);
    const char* format = "%b %d %H:%M:%S %Y";
    tell("content  :  node timestamp younger than image timestamp");
    tell(strprintf("content  :  %s  >  %s    diff= %lld s", time_text(format, younger).c_str(),
                   time_text(format, *start_).c_str(), static_cast<long long>(younger - *start_)));
  }
  tell("content  :  assuming inequality due to size or timestamps");
  return true;
}

bool Comparer::decide_by_md5(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  if (!options_.md5) return false;
  const std::optional<Md5> recorded = recorded_md5(image_, node);
  if (!recorded) return false;
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return false;
  disk_buffer_.resize(kBuffer);
  const std::optional<Md5> digest = digest_disk_file(fd.get(), disk_buffer_, progress_);
  if (!digest) return false;
  if (*digest == *recorded) return true;
  result.content = true;
  const bool same_mtime = file.mtime == node.mtime();
  if (options_.lines)
    result.lines.push_back(strprintf(" %s  :  differs by MD5 sums.", same_mtime ? "CONTENT" : "content"));
  return true;
}

void Comparer::compare_bytes(const std::string& path, const DiskFile& file, Node node, Comparison& result) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) {
    report(Severity::sorry, "-compare: cannot open() file : " + shell_quote(path), errno);
    result.failed = result.content = true;
    return;
  }
  NodeReader reader(node);
  if (reader.code() < 0) {
    sink_.report(problem_from_libisofs(reader.code(), "-compare: cannot open file in ISO image : " + shell_quote(node.path())));
    result.failed = result.content = true;
    return;
  }
  disk_buffer_.resize(kBuffer);
  image_buffer_.resize(kBuffer);
  ByteDifference difference;
  for (std::int64_t position = 0;;) {
    const ssize_t disk = read_disk(fd.get(), disk_buffer_), iso = reader.read(image_buffer_);
    if (disk < 0 || iso < 0) {
      report(Severity::sorry, "-compare: cannot read content of " + shell_quote(disk < 0 ? path : node.path()), disk < 0 ? errno : 0);
      result.failed = result.content = true;
      return;
    }
    progress_.done += disk;
    const std::size_t d = static_cast<std::size_t>(disk), i = static_cast<std::size_t>(iso);
    for (std::size_t at = 0; at < std::max(d, i); at += kComparisonPiece) {
      const std::size_t from_disk = at < d ? std::min(kComparisonPiece, d - at) : 0;
      const std::size_t from_iso = at < i ? std::min(kComparisonPiece, i - at) : 0;
      difference.add_piece(position + static_cast<std::int64_t>(at), {disk_buffer_.data() + at, from_disk}, {image_buffer_.data() + at, from_iso});
      if (from_disk != from_iso) break;
    }
    position += disk;
    const bool ended = d < kBuffer || i < kBuffer;
    if (ended || (difference.count > 0 && !options_.lines)) break;
  }
  if (difference.count == 0) return;
  result.content = true;
  if (options_.lines)
    result.lines.push_back(strprintf(" %s  :  differs by at least %lld bytes. First at %lld",
                                     file.mtime == node.mtime() ? "CONTENT" : "content",
                                     static_cast<long long>(difference.count), static_cast<long long>(difference.first)));
}

}  // namespace core::image
